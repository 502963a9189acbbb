package io.erulb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriPathTest {
    @ParameterizedTest
    @CsvSource({
        "/, /",
        "'', /",
        "/a/b, /a/b",
        "/a/b/, /a/b/",
        "//a///b//, /a/b/",
        "/a/./b, /a/b",
        "/a/., /a/",
        "/a/b/.., /a/",
        "/a/b/../c, /a/c",
        "/a/.., /",
        "/.a/..b/c.., /.a/..b/c..",
        "/%61%2Fb, /a/b",
        "/a/%2e%2E/b, /b",
        "/a%2F..%2fb, /b",
        "/%25%3f%23, /%?#",
        "/%2541, /%41",
        "/%c3%a4, /ä",
        "/%E4, /ä",
        "/%e2%82%ac, /€",
        "/a+b, /a+b",
        "/a;p=1/b, /a;p=1/b",
        "/a%20b, /a b",
        "/a?x=/../.., /a",
        "/a#/../.., /a"
    })
    void hasNginxNormalForm(String raw, String normal) {
        assertThat(UriPath.normalize(raw)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/a/../..",
                "/%2e%2e",
                "/../a",
                "/%",
                "/%4",
                "/%zz",
                "/a%g1",
                "/%00",
                "/a\0",
                "/a b",
                "/a\nb",
                "a",
                "*",
                "/%１1"
            })
    void hasNoNormalFormWhereNginxAnswers400(String raw) {
        assertThat(UriPath.normalize(raw)).isNull();
    }

    @Test
    void returnsTheSameStringWhenNothingChanges() {
        String plain = "/blog/a-b_c.html;v=1";

        assertThat(UriPath.normalize(plain)).isSameAs(plain);
        assertThat(UriPath.encode(plain)).isSameAs(plain);
    }

    @Test
    void readsRawBytesAndRawTextAlike() {
        assertThat(UriPath.normalize("/Ã¤")).isEqualTo("/ä");
        assertThat(UriPath.normalize("/ä")).isEqualTo("/ä");
        assertThat(UriPath.normalize("/ä€😀")).isEqualTo("/ä€😀");
    }

    @ParameterizedTest
    @CsvSource({
        "'/a b', /a%20b",
        "/100%, /100%25",
        "'/a?b#c\"', /a%3Fb%23c%22",
        "/ä€😀, /%C3%A4%E2%82%AC%F0%9F%98%80",
        "/a:@!$&()*+;=~, /a:@!$&()*+;=~",
        "/{a}|b, /%7Ba%7D%7Cb"
    })
    void encodesWhatMayNotBeSent(String path, String encoded) {
        assertThat(UriPath.encode(path)).isEqualTo(encoded);
        assertThat(UriPath.normalize(encoded)).isEqualTo(path);
    }

    @Test
    void encodesControls() {
        assertThat(UriPath.encode("/a\r\n\0")).isEqualTo("/a%0D%0A%00");
    }

    @ParameterizedTest
    @CsvSource({"a/b, /a/b", "///a, /a", "'', /", "../../etc, /etc", "/a/../../b, /b", "/a//b/., /a/b/", "/a b, /a b"})
    void aRewrittenPathHasOneLeadingSlashAndStaysBelowTheRoot(String written, String rooted) {
        assertThat(UriPath.rooted(written)).isEqualTo(rooted);
    }
}
