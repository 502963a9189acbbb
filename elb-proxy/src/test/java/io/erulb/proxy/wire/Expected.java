package io.erulb.proxy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may come of a case; all of them agree that neither side may get anything malformed. */
sealed interface Expected {

    /** Throws an {@link AssertionError} when something else came of it. */
    void check(Outcome outcome);

    /** Refused with a status, on a connection that closes then; servers hear nothing. */
    record Refused(int status) implements Expected {
        @Override
        public void check(Outcome outcome) {
            assertThat(outcome.received()).isEmpty();
            assertThat(outcome.answers()).hasSize(1);
            assertThat(outcome.answers().get(0).status()).isEqualTo(status);
            assertThat(outcome.answers().get(0).closes()).isTrue();
            assertThat(outcome.answers().get(0).complete()).isTrue();
        }
    }

    /** A body that breaks off or is malformed: no server gets it as a whole, and the client's connection ends. */
    record Cut() implements Expected {
        @Override
        public void check(Outcome outcome) {
            assertThat(outcome.received()).allMatch(one -> one.state() == Received.State.CUT);
            assertThat(outcome.answers()).allMatch(answer -> answer.status() == 400);
            assertThat(outcome.answers()).hasSizeLessThan(2);
        }
    }

    /** As {@link Cut}, for what is malformed where it stands, so that nothing behind it is served either. */
    record Broken() implements Expected {
        @Override
        public void check(Outcome outcome) {
            new Cut().check(outcome);
        }
    }

    /** Served: a server gets one whole request, seen as {@code METHOD target [fields] body}, and the client its answer. */
    record Seen(String text) implements Expected {
        private static final Pattern FORM = Pattern.compile("(\\S+) (\\S+) \\[(.*?)\\] (.*)", Pattern.DOTALL);

        @Override
        public void check(Outcome outcome) {
            Matcher wanted = FORM.matcher(text);
            assertThat(wanted.matches()).as(text).isTrue();
            WireRequest got = theOnly(outcome);
            assertThat(got.method()).isEqualTo(wanted.group(1));
            assertThat(got.target()).isEqualTo(wanted.group(2));
            assertThat(got.body()).isEqualTo(wanted.group(4));
            for (String field :
                    wanted.group(3).isEmpty() ? new String[0] : wanted.group(3).split(", ")) {
                String[] parts = field.split(": ?", 2);
                if (parts[0].equalsIgnoreCase("Transfer-Encoding")) {
                    assertThat(got.fields().all(parts[0])).containsExactly("chunked");
                } else {
                    assertThat(got.fields().all(parts[0])).containsExactly(parts[1].split(" \\+ ", -1));
                }
            }
        }
    }

    /** Served: a server gets one whole request with just these values of some fields; {@code Name:} alone means none. */
    record Fields(List<String> lines) implements Expected {
        Fields(String... lines) {
            this(List.of(lines));
        }

        @Override
        public void check(Outcome outcome) {
            WireRequest got = theOnly(outcome);
            List<String> names = new ArrayList<>();
            for (String line : lines) {
                String name = line.substring(0, line.indexOf(':'));
                if (!names.contains(name)) {
                    names.add(name);
                    assertThat(got.fields().all(name)).as(name).containsExactlyElementsOf(values(name));
                }
            }
        }

        private List<String> values(String name) {
            return lines.stream()
                    .filter(line -> line.startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .toList();
        }
    }

    /**
     * Served, and the server's answer comes through.
     *
     * @param status the answer's
     * @param body the answer's, as far as it comes
     * @param complete whether the client can take it for whole
     * @param reused whether the server's connection serves the next request
     * @param lines values of fields as in {@link Fields}
     */
    record Answered(int status, String body, boolean complete, boolean reused, List<String> lines) implements Expected {
        Answered(int status, String body, boolean complete, boolean reused, String... lines) {
            this(status, body, complete, reused, List.of(lines));
        }

        @Override
        public void check(Outcome outcome) {
            WireResponse answer = outcome.answer();
            assertThat(answer).isNotNull();
            assertThat(answer.status()).isEqualTo(status);
            if (status < 500) {
                assertThat(answer.body()).isEqualTo(body);
            }
            assertThat(answer.complete()).isEqualTo(complete);
            checkFields(answer);
            boolean closes = answer.closes() || !complete;
            assertThat(outcome.probed()).as("the probe is served").isEqualTo(!closes);
            if (!closes) {
                assertThat(outcome.connections())
                        .as("connections to the server")
                        .isEqualTo(reused ? 1 : 2);
            }
        }

        private void checkFields(WireResponse answer) {
            for (String line : lines) {
                int colon = line.indexOf(':');
                String value = line.substring(colon + 1).strip();
                assertThat(answer.fields().all(line.substring(0, colon)))
                        .containsExactlyElementsOf(value.isEmpty() ? List.of() : List.of(value));
            }
        }
    }

    /** The head of the server's answer at most, with a body that begins like this one and does not look whole; or 502. */
    record AtMost(String body) implements Expected {
        @Override
        public void check(Outcome outcome) {
            WireResponse answer = outcome.answer();
            if (answer != null && answer.status() != 502) {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.complete()).isFalse();
                assertThat(body).startsWith(answer.body());
                assertThat(outcome.probed()).isFalse();
            }
        }
    }

    /** Some interim answers of one status, then a final one of another, and no answer of the server's. */
    record Interrupted(int interim, int status) implements Expected {
        @Override
        public void check(Outcome outcome) {
            assertThat(outcome.answers().stream().filter(answer -> answer.status() != interim))
                    .extracting(WireResponse::status)
                    .startsWith(status);
            assertThat(outcome.ofRequest()).allMatch(Received::isWhole);
        }
    }

    /** The connection becomes a tunnel by a 101. */
    record Switched() implements Expected {
        @Override
        public void check(Outcome outcome) {
            assertThat(outcome.answers()).extracting(WireResponse::status).containsExactly(101);
            assertThat(outcome.ofRequest()).hasSize(1);
            assertThat(outcome.ofRequest().get(0).isWhole()).isTrue();
        }
    }

    /** The client gets just these answers, {@code status body} each, and servers just these targets, in order. */
    record Exchanges(List<String> answers, List<String> targets) implements Expected {
        @Override
        public void check(Outcome outcome) {
            assertThat(outcome.answers())
                    .extracting(
                            answer -> (answer.status() + " " + (answer.status() < 400 ? answer.body() : "")).strip())
                    .containsExactlyElementsOf(answers);
            assertThat(outcome.received()).allMatch(Received::isWhole);
            assertThat(outcome.received())
                    .extracting(
                            one -> one.request() == null ? "" : one.request().target())
                    .containsExactlyElementsOf(targets);
        }
    }

    private static WireRequest theOnly(Outcome outcome) {
        assertThat(outcome.ofRequest()).as("requests at the server").hasSize(1);
        Received one = outcome.ofRequest().get(0);
        assertThat(one.isWhole()).as(one.toString()).isTrue();
        assertThat(outcome.answers()).isNotEmpty();
        assertThat(outcome.answers().get(0).status()).isEqualTo(200);
        assertThat(outcome.answers().get(0).closes()).isNotEqualTo(outcome.probed());
        WireRequest request = one.request();
        if (request == null) {
            throw new AssertionError("a whole request is not there");
        }
        return request;
    }
}
