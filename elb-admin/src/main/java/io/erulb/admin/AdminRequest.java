package io.erulb.admin;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * What a resource sees of a call.
 *
 * @param trusted whether the caller may see everything
 * @param options how a write is to be done
 * @param body the whole body, empty for GET
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, lives for one call
record AdminRequest(boolean trusted, WriteOptions options, byte[] body) {

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
