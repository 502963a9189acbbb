package io.erulb.proxy.http1;

import net.bytebuddy.asm.Advice;

/** Faults for {@link ChunkDecoder#decode}, written into a copy of it. */
public final class PlantedInChunks {
    private PlantedInChunks() {}

    /** A malformed chunk is taken for the end of the body. */
    public static final class EndWhereItBreaks {
        private EndWhereItBreaks() {}

        @Advice.OnMethodExit(onThrowable = BadMessageException.class)
        @SuppressWarnings({"unchecked", "rawtypes"})
        static void exit(
                @Advice.Thrown(readOnly = false) Throwable thrown,
                @Advice.FieldValue(
                                value = "state",
                                readOnly = false,
                                typing = net.bytebuddy.implementation.bytecode.assign.Assigner.Typing.DYNAMIC)
                        Object state) {
            if (thrown != null) {
                thrown = null;
                state = Enum.valueOf(((Enum) state).getDeclaringClass(), "DONE");
            }
        }
    }

    /** Every chunk is malformed. */
    public static final class BreakAll {
        private BreakAll() {}

        @Advice.OnMethodEnter
        @SuppressWarnings("DoNotCallSuggester") // Nobody calls it: it is copied.
        static void enter() throws BadMessageException {
            throw new BadMessageException("planted");
        }
    }
}
