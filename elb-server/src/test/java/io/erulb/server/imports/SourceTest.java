package io.erulb.server.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.store.KeyLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTest {
    private static final KeyLayout LAYOUT = new KeyLayout("ELB");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Findings read(byte[] content) throws Exception {
        return Source.of(Files.write(folder.resolve("source"), content).toString())
                .read(LAYOUT);
    }

    private Findings read(String content) throws Exception {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "http://etcd.example:2379,  http://etcd.example:2379",
        "http://127.0.0.1:4001/,    http://127.0.0.1:4001",
        "https://[::1],             https://[::1]:2379",
        "HTTP://etcd,               HTTP://etcd:2379",
    })
    void aUrlIsAnEtcd(String argument, String address) {
        assertThat(Source.of(argument))
                .isInstanceOfSatisfying(
                        Source.Etcd.class, etcd -> assertThat(etcd.address()).hasToString(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx.conf", "ftp://etcd:2379", "127.0.0.1:2379", "httpd.conf"})
    void allElseIsAFile(String argument) {
        assertThat(Source.of(argument)).isInstanceOf(Source.File.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "http:// a",
                "http://a_b c:2379",
                "http://etcd:2379/v2/keys",
                "http://etcd?x",
                "http://root:secret@etcd:2379",
                "http://etcd:port",
                "a\0b"
            })
    void whatCanBeNeitherIsRefusedWithWhatIsExpected(String argument) {
        assertThatThrownBy(() -> Source.of(argument))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(expected: http://HOST:PORT")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aFileThatBeginsWithABraceIsATreeOfKeys() throws Exception {
        assertThat(read("\uFEFF\n {\"key\": \"/ELB/rules/a\", \"value\": \"{}\"}")
                        .entries())
                .hasSize(1);
        assertThatThrownBy(() -> read("{ }"))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("etcd");
    }

    @Test
    void anyOtherFileIsAConfigurationOfNginx() throws Exception {
        assertThat(read("\uFEFFupstream up1 { server a; }").entries()).hasSize(1);
        assertThat(read("").entries()).isEmpty();
    }

    @Test
    void aConfigurationOfNginxNeedNotBeUtf8() throws Exception {
        Findings found = read("# caf\u00e9\nupstream up1 { server a; }".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(found.entries()).hasSize(1);
        assertThat(found.warnings()).hasSize(1).first().asString().endsWith("it is not UTF-8 and was read as Latin-1");
    }

    @Test
    void jsonHasToBeUtf8() {
        byte[] latin1 = "{\"key\": \"/ELB/rules/caf\u00e9\", \"value\": \"\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> read(latin1)).hasMessage("it is JSON and not UTF-8");
    }

    @Test
    void whatCannotBeReadIsSaid() {
        assertThatThrownBy(() -> Source.of(folder.resolve("none").toString()).read(LAYOUT))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("NoSuchFile");
        assertThatThrownBy(() -> Source.of(folder.toString()).read(LAYOUT))
                .isInstanceOf(UnreadableException.class)
                .hasMessageStartingWith("it can't be read: ");
    }

    @Test
    void aFileMayNotBeTooLarge() {
        byte[] large = new byte[(64 << 20) + 1];

        assertThatThrownBy(() -> read(large)).hasMessage("it is too large (expected: at most 64 MiB)");
    }
}
