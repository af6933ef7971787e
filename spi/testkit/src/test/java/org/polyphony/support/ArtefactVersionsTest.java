package org.polyphony.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.spi.artefact.Artefact;

class ArtefactVersionsTest {

    @Test
    void parse_list_commasOfRangesDoNotSeparate() {
        assertThat(ArtefactVersions.parse("a.b;version=[1,3),c ; version = 2,d/e;version=(1,3],f;version=[4,4]"))
                .containsExactly(
                        new ArtefactVersions("a.b", 1, 2),
                        new ArtefactVersions("c", 2, 2),
                        new ArtefactVersions("d/e", 2, 3),
                        new ArtefactVersions("f", 4, 4));
        assertThat(ArtefactVersions.parse(" ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a.b", "a;version=", "a;version=[1,2", "a;version=[3,2]", "a;version=(1,2)", "a;version=0", ","})
    void parse_anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> ArtefactVersions.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void includes_typeAndVersion_mustBothFit() {
        var known = ArtefactVersions.parse("a;version=[2,4)").getFirst();
        assertThat(known.includes(Artefact.of("a", 3, Map.of(), Map.of()))).isTrue();
        assertThat(known.includes(Artefact.of("a", 1, Map.of(), Map.of()))).isFalse();
        assertThat(known.includes(Artefact.of("a", 4, Map.of(), Map.of()))).isFalse();
        assertThat(known.includes(Artefact.of("b", 3, Map.of(), Map.of()))).isFalse();
    }

    @Test
    void meets_rangesOfOneType_haveAVersionInCommon() {
        var known = new ArtefactVersions("a", 2, 3);
        assertThat(known.meets(new ArtefactVersions("a", 3, 9))).isTrue();
        assertThat(known.meets(new ArtefactVersions("a", 1, 1))).isFalse();
        assertThat(known.meets(new ArtefactVersions("a", 4, 4))).isFalse();
        assertThat(known.meets(new ArtefactVersions("b", 2, 3))).isFalse();
    }
}
