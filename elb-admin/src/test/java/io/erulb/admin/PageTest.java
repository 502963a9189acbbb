package io.erulb.admin;

import static io.erulb.admin.testing.Requests.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PageTest {
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"#]+)\"|from '\\./([^']+)'");
    private static final Pattern TAG = Pattern.compile("\r\nETag: (\"[^\"]+\")\r\n");

    private static List<Path> files() throws IOException, URISyntaxException {
        Path folder = Path.of(Page.class.getResource("page/index.html").toURI()).getParent();
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', text/html; charset=utf-8",
        "?x=1, text/html; charset=utf-8",
        "page.js, text/javascript; charset=utf-8",
        "base.css, text/css; charset=utf-8",
        "icon.svg, image/svg+xml",
    })
    void isServedBesideTheApi(String file, String type) {
        try (AdminFixture elb = AdminFixture.start()) {
            String request = plain("GET", "/__erulb__/" + file);

            assertThat(elb.raw(request)).startsWith("HTTP/1.1 200 ").contains("\r\nContent-Type: " + type + "\r\n");
            assertThat(elb.rawStandalone(request)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void everyFileOfItIs() throws Exception {
        try (AdminFixture elb = AdminFixture.start()) {
            for (Path file : files()) {
                String name = file.getFileName().toString();
                String target = "/__erulb__/" + (name.equals("index.html") ? "" : name);

                assertThat(elb.call("GET", target).body()).as(name).isEqualTo(Files.readString(file));
            }
        }
    }

    @Test
    void itsFilesAskForNothingButEachOther() throws Exception {
        List<String> names =
                files().stream().map(file -> file.getFileName().toString()).toList();
        for (Path file : files()) {
            List<String> asked = REFERENCE
                    .matcher(Files.readString(file))
                    .results()
                    .map(PageTest::named)
                    .toList();

            assertThat(names).as("what " + file + " refers to").containsAll(asked);
        }
    }

    private static String named(MatchResult match) {
        return match.group(1) == null ? match.group(2) : match.group(1);
    }

    @Test
    void isConfinedToItself() {
        try (AdminFixture elb = AdminFixture.start()) {
            assertThat(elb.raw(plain("GET", "/__erulb__/")))
                    .contains("\r\nContent-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
                            + "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
                            + "frame-ancestors 'none'\r\n")
                    .contains("\r\nX-Content-Type-Options: nosniff\r\n")
                    .contains("\r\nReferrer-Policy: no-referrer\r\n")
                    .contains("\r\nCross-Origin-Opener-Policy: same-origin\r\n")
                    .contains("\r\nCross-Origin-Resource-Policy: same-origin\r\n");
        }
    }

    @Test
    void isSentAgainOnlyWhenItDiffers() {
        try (AdminFixture elb = AdminFixture.start()) {
            String first = elb.raw(plain("GET", "/__erulb__/page.js"));
            String tag = TAG.matcher(first).results().findFirst().orElseThrow().group(1);

            assertThat(first).contains("\r\nCache-Control: no-cache\r\n");
            assertThat(elb.raw(plain("GET", "/__erulb__/page.js", "If-None-Match: \"x\", " + tag)))
                    .startsWith("HTTP/1.1 304 ")
                    .contains("\r\nETag: " + tag)
                    .endsWith("\r\n\r\n");
            assertThat(elb.raw(plain("GET", "/__erulb__/page.js", "If-None-Match: \"x\"")))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void isOpenWhereATokenIsAsked() {
        try (AdminFixture elb = AdminFixture.start(admin -> admin.token("t"))) {
            assertThat(elb.rawFrom("192.0.2.9", plain("GET", "/__erulb__/"))).startsWith("HTTP/1.1 200 ");
            assertThat(elb.rawFrom("192.0.2.9", plain("GET", "/__erulb__/domain")))
                    .startsWith("HTTP/1.1 401 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "page.js"})
    void isThereForLoopbackPeersAloneWithoutAToken(String file) {
        try (AdminFixture elb = AdminFixture.start()) {
            String request = plain("GET", "/__erulb__/" + file);

            assertThat(elb.rawFrom("192.0.2.9", request)).startsWith("HTTP/1.1 404 ");
            assertThat(elb.raw(plain("GET", "/__erulb__/" + file, "Via: 1.1 proxy")))
                    .startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void canOnlyBeRead() {
        try (AdminFixture elb = AdminFixture.start()) {
            assertThat(elb.call("PUT", "/__erulb__/page.js").statusCode()).isEqualTo(405);
            assertThat(elb.raw(plain("HEAD", "/__erulb__/")))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("\r\n\r\n");
        }
    }
}
