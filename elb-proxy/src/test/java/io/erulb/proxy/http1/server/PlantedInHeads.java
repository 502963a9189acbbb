package io.erulb.proxy.http1.server;

import io.undertow.util.HeaderMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.bytebuddy.asm.Advice;

/** Faults for this package's classes, written into copies of them. */
public final class PlantedInHeads {
    private PlantedInHeads() {}

    /** {@link HeadParser#parse} takes what it should refuse for a plain GET. */
    public static final class Pardon {
        private Pardon() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.This HeadParser parser,
                @Advice.Argument(0) int available,
                @Advice.FieldValue("head") RequestHead head,
                @Advice.Return(readOnly = false) int result) {
            if (result == HeadParser.REFUSED) {
                byte[] plain = "GET /pardoned HTTP/1.1\r\nHost: a.local\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(plain, 0, head.bytes, 0, plain.length);
                parser.parse(plain.length);
                result = available;
            }
        }
    }

    /** {@link HeadParser#parse} refuses every head. */
    public static final class RefuseAll {
        private RefuseAll() {}

        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue("head") RequestHead head, @Advice.Return(readOnly = false) int result) {
            if (result >= 0) {
                head.refuse(new Refusal(400, "Planted."));
                result = HeadParser.REFUSED;
            }
        }
    }

    /** {@link BodySource}'s {@code takeOrBreak} takes a body that broke off for one that ended. */
    public static final class EndWhereItBreaks {
        private EndWhereItBreaks() {}

        @Advice.OnMethodExit(onThrowable = IOException.class)
        static void exit(
                @Advice.Thrown(readOnly = false) Throwable thrown, @Advice.Return(readOnly = false) int result) {
            if (thrown != null) {
                thrown = null;
                result = -1;
            }
        }
    }

    /** {@link Http1Connection#sendInterim} minds neither the client's version nor the fields. */
    public static final class SendAnyInterim {
        private SendAnyInterim() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Advice.Argument(0) int status,
                @Advice.Argument(1) HeaderMap fields,
                @Advice.FieldValue("responses") ResponseSink responses)
                throws IOException {
            fields.put(io.undertow.util.Headers.CONTENT_LENGTH, 4);
            responses.interim(status, fields);
            return true;
        }
    }
}
