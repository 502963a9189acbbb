package io.erulb.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a graph decides about a request. All forms are immutable. */
public sealed interface Decision {
    /**
     * Send the request on.
     *
     * @param upstream the name of an upstream, or {@code host[:port]}
     * @param path the rewritten path in normal form, with exactly one leading slash, to be sent as {@link
     *     UriPath#encode} has it; null: the target goes on as it came
     * @param headers set on the request over what the client sent
     */
    record Forward(String upstream, @Nullable String path, List<HeaderField> headers) implements Decision {
        /** Keeps a copy of the headers. */
        public Forward {
            headers = List.copyOf(headers);
        }

        /** The same, with a path. */
        public Forward withPath(String rewritten) {
            return new Forward(upstream, rewritten, headers);
        }
    }

    /**
     * Answer with a redirect.
     *
     * @param status 301, 302, 303, 307 or 308
     * @param location the Location field's value: without controls, blanks and non-ASCII characters
     */
    record Redirect(int status, String location) implements Decision {}

    /**
     * Answer without an upstream.
     *
     * @param status 200 to 599
     * @param headers set on the answer
     * @param body the text, to be sent as UTF-8; may be empty
     */
    record Respond(int status, List<HeaderField> headers, String body) implements Decision {
        /** Keeps a copy of the headers. */
        public Respond {
            headers = List.copyOf(headers);
        }
    }

    /**
     * Refuse the request.
     *
     * @param status 403 where the rules end without a terminal, 500 where a filter failed
     * @param reason for people, names the rule
     */
    record Reject(int status, String reason) implements Decision {}
}
