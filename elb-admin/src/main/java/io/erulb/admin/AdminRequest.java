package io.erulb.admin;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a resource sees of a call.
 *
 * @param trusted whether the caller may see everything
 * @param item which of the resource's items is meant, null for the resource itself
 * @param query the target's parameters
 * @param accept which media types the caller would rather have, empty when it did not say
 * @param options how a write is to be done
 * @param body the whole body, empty for GET
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, lives for one call
record AdminRequest(
        boolean trusted,
        @Nullable String item,
        Map<String, Deque<String>> query,
        String accept,
        WriteOptions options,
        byte[] body) {

    /** The same, to be done in another way. */
    AdminRequest with(WriteOptions other) {
        return new AdminRequest(trusted, item, query, accept, other, body);
    }

    /** The same with a body. */
    AdminRequest with(byte[] itsBody) {
        return new AdminRequest(trusted, item, query, accept, options, itsBody);
    }

    /** Whether the caller would rather read text than JSON. */
    boolean plain() {
        return accept.startsWith("text/plain");
    }

    /** The value of a parameter; null when it is not there. */
    @Nullable
    String parameter(String name) {
        Deque<String> values = query.get(name);
        return values == null ? null : values.getFirst();
    }

    /**
     * The body as text.
     *
     * @param expected what belongs there, for the message
     * @throws Refusal when there is none or it is not UTF-8
     */
    String text(String expected) {
        if (body.length == 0) {
            throw Refusal.badRequest("no body (expected: " + expected + ")");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.badRequest("the body is not UTF-8 (expected: " + expected + ")");
        }
    }
}
