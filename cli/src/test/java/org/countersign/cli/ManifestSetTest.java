package org.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestSetTest {
    @TempDir
    Path directory;

    @Test
    void joinsTheFilesOfADirectoryAndRemembersWhereEachLineWas() throws Exception {
        Path a = Files.writeString(directory.resolve("a.yaml"), "kind: A\nname: a");
        Path b = Files.writeString(directory.resolve("b.yml"), "# comment\nkind: B\n---\nkind: C\n");
        Path c = Files.writeString(directory.resolve("c.yaml"), "---\nkind: D\n");
        Files.writeString(directory.resolve("d.yaml"), "# nothing\n");
        Files.writeString(directory.resolve("readme.txt"), "no manifest");

        ManifestSet set = ManifestSet.read(directory);

        assertThat(set.yaml()).isEqualTo("kind: A\nname: a\n---\n# comment\nkind: B\n---\nkind: C\n---\nkind: D\n");
        assertThat(set.place(1)).contains(new ManifestSet.Place(a, 1));
        assertThat(set.place(2)).contains(new ManifestSet.Place(a, 2));
        assertThat(set.place(5)).contains(new ManifestSet.Place(b, 2));
        assertThat(set.place(9)).contains(new ManifestSet.Place(c, 2));
        assertThat(set.place(0)).isEmpty();
    }

    @Test
    void refusesWhatIsNotThereNotUtf8OrEmpty() throws IOException {
        Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {'k', (byte) 0xE9});
        Path empty = Files.createDirectory(directory.resolve("empty"));

        assertThatThrownBy(() -> ManifestSet.read(latin))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> ManifestSet.read(empty))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no manifest");
        assertThatThrownBy(() -> ManifestSet.read(directory.resolve("none")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no file or directory");
    }
}
