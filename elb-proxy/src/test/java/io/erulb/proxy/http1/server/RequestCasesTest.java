package io.erulb.proxy.http1.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.RawClient;
import io.erulb.proxy.RawClient.RawAnswer;
import io.erulb.proxy.wire.RequestCase;
import io.erulb.proxy.wire.RequestCases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the table of requests against the listener alone, as one piece and byte by byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestCasesTest {
    private static final int LONGEST_SPLIT = 400;

    private final RecordingHandler handler = new RecordingHandler();
    private Http1Fixture server;

    @BeforeAll
    void start() throws IOException {
        server = new Http1Fixture(handler);
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
    }

    static List<RequestCase> all() {
        return RequestCases.all();
    }

    static List<RequestCase> shortOnes() {
        return RequestCases.all().stream()
                .filter(request -> request.bytes().length() < LONGEST_SPLIT)
                .toList();
    }

    @Test
    void theTableIsAsLongAsPromisedAndNamesEachCaseOnce() {
        assertThat(all()).hasSizeGreaterThan(200).extracting(RequestCase::id).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aRequestInOnePieceComesOutAsTheTableSays(RequestCase request) throws IOException {
        try (RawClient client = server.connect()) {
            int before = handler.seen().size();

            client.send(request.bytes());

            check(request, client, before);
        }
    }

    @ParameterizedTest
    @MethodSource("shortOnes")
    void aRequestByteByByteComesOutAsTheTableSays(RequestCase request) throws IOException {
        try (RawClient client = server.connect()) {
            int before = handler.seen().size();

            byte[] bytes = request.bytes().getBytes(StandardCharsets.ISO_8859_1);
            for (byte b : bytes) {
                client.send(new byte[] {b});
            }

            check(request, client, before);
        }
    }

    private void check(RequestCase request, RawClient client, int before) throws IOException {
        RawAnswer answer = client.read();
        assertThat(answer.status()).as(answer.head() + answer.body()).isEqualTo(request.status());
        if (request.status() == 200) {
            assertThat(handler.last()).hasToString(request.seen());
        } else {
            assertThat(answer.field("Connection")).isEqualTo("close");
            assertThat(client.isClosedByServer()).isTrue();
            checkRefused(request, answer, before);
        }
    }

    private void checkRefused(RequestCase request, RawAnswer answer, int before) {
        if (request.seen() == null) {
            assertThat(handler.seen()).hasSize(before);
            assertThat(answer.field("Content-Type")).isEqualTo("text/plain");
            assertThat(answer.body()).matches("[A-Z].*\\.\n");
        } else {
            assertThat(handler.last().broken()).isEqualTo(request.seen());
        }
    }
}
