package io.erulb.proxy.http1.client;

import io.erulb.proxy.http1.BadMessageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.bytebuddy.asm.Advice;

/** Faults for this package's classes, written into copies of them. */
public final class PlantedInAnswers {
    private PlantedInAnswers() {}

    /** {@link ResponseHeadParser#parse} takes what it should refuse for a plain 200. */
    public static final class Pardon {
        private Pardon() {}

        @Advice.OnMethodExit(onThrowable = BadMessageException.class)
        static void exit(
                @Advice.This ResponseHeadParser parser,
                @Advice.Argument(0) ByteBuffer buffer,
                @Advice.Thrown(readOnly = false) Throwable thrown,
                @Advice.Return(readOnly = false) boolean result)
                throws BadMessageException {
            if (thrown != null) {
                thrown = null;
                buffer.position(buffer.limit());
                result = parser.parse(ByteBuffer.wrap(
                        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            }
        }
    }

    /** {@link ResponseHeadParser#parse}, or {@link AnswerBody#take}, refuses everything. */
    public static final class BreakAll {
        private BreakAll() {}

        @Advice.OnMethodEnter
        @SuppressWarnings("DoNotCallSuggester") // Nobody calls it: it is copied.
        static void enter() throws BadMessageException {
            throw new BadMessageException("planted");
        }
    }

    /** {@link UpstreamConnection}'s {@code fail} ends an answer that broke off as if it were whole. */
    public static final class EndWhereItBreaks {
        private EndWhereItBreaks() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.This UpstreamConnection connection, @Advice.FieldValue("call") UpstreamCall call) {
            connection.close();
            if (call != null) {
                call.end();
            }
            return true;
        }
    }

    /** {@link ResponseHead#framing} gives a body to answers that have none. */
    public static final class AlwaysABody {
        private AlwaysABody() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.FieldValue("length") long length,
                @Advice.FieldValue("chunked") boolean chunked,
                @Advice.Return(readOnly = false) ResponseHead.Framing result) {
            if (result == ResponseHead.Framing.NONE) {
                result = length > 0
                        ? ResponseHead.Framing.LENGTH
                        : chunked ? ResponseHead.Framing.CHUNKED : ResponseHead.Framing.UNTIL_CLOSE;
            }
        }
    }

    /** {@link UpstreamConnection}'s {@code head} never has enough of interim answers. */
    public static final class ForgetInterims {
        private ForgetInterims() {}

        @Advice.OnMethodEnter
        @SuppressWarnings("UnusedVariable") // Assigning it sets the field.
        static void enter(@Advice.FieldValue(value = "interims", readOnly = false) int interims) {
            interims = 0;
        }
    }
}
