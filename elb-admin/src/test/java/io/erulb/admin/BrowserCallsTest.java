package io.erulb.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other sites, in a browser on the same machine as ELB. */
final class BrowserCallsTest {
    private final AdminFixture elb = AdminFixture.start();

    @AfterEach
    void stop() {
        elb.close();
    }

    private static String call(String method, String host, String... headers) {
        return method + " /__erulb__/domain HTTP/1.1\r\nHost: " + host + "\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
                + "Content-Length: 0\r\nConnection: close\r\n\r\n";
    }

    @Nested
    final class WhatAnotherSiteAskedForIsRefused {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Sec-Fetch-Site: cross-site",
                    "Sec-Fetch-Site: same-site",
                    "Sec-Fetch-Site: something-new",
                    "Origin: http://evil.example",
                    "Origin: http://127.0.0.1:9999",
                    "Origin: null",
                })
        void whateverItsMethod(String header) {
            for (String method : new String[] {"GET", "PUT", "POST", "DELETE"}) {
                assertThat(elb.raw(call(method, "127.0.0.1:8080", header)))
                        .startsWith("HTTP/1.1 403 ")
                        .endsWith("{\"msg\":\"a page of another site asked for this, which only a token can allow\"}");
            }
        }

        @Test
        void andNothingIsApplied() {
            String answer =
                    elb.raw("PUT /__erulb__/upstream HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n"
                            + "Content-Length: 22\r\nConnection: close\r\n\r\n{\"up\":{\"127.0.0.1\":\"\"}}");

            assertThat(answer).startsWith("HTTP/1.1 403 ");
            assertThat(elb.routing().current().loaded()).isFalse();
        }

        @Test
        void butALinkMayBeFollowed() {
            String[] followed = {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"};

            assertThat(elb.raw(call("GET", "127.0.0.1", followed))).startsWith("HTTP/1.1 200 ");
            assertThat(elb.raw(call("POST", "127.0.0.1", followed))).startsWith("HTTP/1.1 403 ");
        }

        @Test
        void andAFrameMayNot() {
            String[] framed = {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"};

            assertThat(elb.raw(call("GET", "127.0.0.1", framed))).startsWith("HTTP/1.1 403 ");
        }
    }

    @Nested
    final class WhatAStrangersNameLedHereIsRefused {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Accept-Language: en",
                    "Accept-Language:",
                    "Sec-Fetch-Site: same-origin",
                    "Origin: http://evil.example"
                })
        void whenABrowserAsks(String header) {
            assertThat(elb.raw(call("GET", "evil.example", header)))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("only by an address, localhost or a name without dots");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "127.0.0.1",
                    "127.0.0.1:8080",
                    "[::1]:8080",
                    "localhost:8080",
                    "LOCALHOST",
                    "elb.localhost",
                    "box"
                })
        void butNotWhatCantBeAStrangers(String host) {
            String origin = "Origin: http://" + host;

            assertThat(elb.raw(call("GET", host, "Sec-Fetch-Site: same-origin", "Accept-Language: en", origin)))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void whatIsNoBrowserMayUseAnyName() {
        assertThat(elb.raw(call("GET", "evil.example"))).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void withATokenNothingOfThisIsAskedSinceOtherSitesDontKnowIt() {
        try (AdminFixture closed = AdminFixture.start(admin -> admin.token("t"))) {
            String[] headers = {"Sec-Fetch-Site: cross-site", "Origin: https://elb.example"};

            assertThat(closed.raw(call("GET", "elb.example", headers))).startsWith("HTTP/1.1 401 ");
            assertThat(closed.raw(call("GET", "elb.example", headers[0], headers[1], "Authorization: Bearer t")))
                    .startsWith("HTTP/1.1 200 ");
        }
    }
}
