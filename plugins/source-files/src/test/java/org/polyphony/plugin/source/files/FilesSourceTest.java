package org.polyphony.plugin.source.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.plugin.source.files.mapping.Format;
import org.polyphony.plugin.source.files.mapping.GroupDiscovery;
import org.polyphony.spi.preference.PreferenceSource;
import org.polyphony.spi.testkit.PreferenceSourceContract;
import org.polyphony.spi.testkit.TestContext;

/// The contract of sources, once per format.
class FilesSourceTest {

    abstract static class Contract implements PreferenceSourceContract {
        @TempDir
        Path root;

        @Override
        public PreferenceSource source() {
            return new FilesSource();
        }

        @Override
        public Path root() {
            return root;
        }
    }

    @Nested
    class Table extends Contract {
        @BeforeEach
        void write() throws IOException {
            Reading.write(root, "judgments.csv", """
                    item,who,a,b,choice,side,at
                    q2,u1,y,x,first,left,5
                    q1,u2,b,a,tie,,6
                    q1,u1,a,b,second,right,7
                    """);
        }

        @Override
        public TestContext context() {
            var mapping = Mappings.pairs();
            mapping.attributes = List.of(Mappings.attribute("side"));
            mapping.time = "at";
            return TestContext.of(mapping.settings());
        }
    }

    @Nested
    class PrefLib extends Contract {
        @BeforeEach
        void write() throws IOException {
            Reading.write(root, "e.toi", "# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 7\n4: 2,1,3\n3: {1,3}\n");
        }

        @Override
        public TestContext context() {
            return TestContext.of(Mappings.of(Format.PREFLIB, "*.toi").settings());
        }
    }

    @Nested
    class Canonical extends Contract {
        @BeforeEach
        void write() throws IOException {
            Reading.write(root, "r.jsonl", RecordsTest.CANONICAL);
        }

        @Override
        public TestContext context() {
            return TestContext.of(Mappings.of(Format.CANONICAL, "r.jsonl").settings());
        }
    }

    @Nested
    class Polis extends Contract {
        @BeforeEach
        void write() throws IOException {
            PolisTest.writeCamps(root, "camps");
        }

        @Override
        public TestContext context() {
            var mapping = Mappings.of(Format.POLIS, "*");
            mapping.groups = new GroupDiscovery(2);
            return TestContext.of(mapping.settings());
        }
    }
}
