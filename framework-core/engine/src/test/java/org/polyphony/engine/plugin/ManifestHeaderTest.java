package org.polyphony.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.engine.plugin.ManifestHeader.Clause;

class ManifestHeaderTest {

    @Test
    void parse_absentHeader_hasNoClauses() {
        assertThat(ManifestHeader.parse(null)).isEmpty();
        assertThat(ManifestHeader.parse("  ")).isEmpty();
    }

    @Test
    void parse_severalClauses_readsPathsAttributesAndDirectives() {
        assertThat(
                        ManifestHeader.parse(
                                "a.b;a.c;version=\"[1.0,2)\";resolution:=optional , d ;uses:=\"x,y\";size:Long=3;t=\"a \\\"b\\\"\""))
                .containsExactly(
                        new Clause(
                                List.of("a.b", "a.c"), Map.of("version", "[1.0,2)"), Map.of("resolution", "optional")),
                        new Clause(List.of("d"), Map.of("size", "3", "t", "a \"b\""), Map.of("uses", "x,y")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;version=\"1", "a;;b", "a,", ";", "a;x:Long", "a \"b\""})
    void parse_malformedHeader_isRefused(String header) {
        assertThatThrownBy(() -> ManifestHeader.parse(header)).isInstanceOf(IllegalArgumentException.class);
    }
}
