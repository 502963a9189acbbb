package io.erulb.proxy.wire;

import java.util.List;
import net.bytebuddy.asm.Advice;

/** Faults that any method can be given. */
@SuppressWarnings("UnusedVariable") // Assigning a result sets what the method returns.
final class Planting {
    private Planting() {}

    /** The method does nothing: it answers null, false or 0. */
    static final class Nothing {
        private Nothing() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return true;
        }
    }

    /** The method answers true. */
    static final class Yes {
        private Yes() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean result) {
            result = true;
        }
    }

    /** The method answers an empty list. */
    static final class Empty {
        private Empty() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) List<String> result) {
            result = List.of();
        }
    }

    /** The method answers {@code websocket}. */
    static final class Websocket {
        private Websocket() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) String result) {
            result = "websocket";
        }
    }
}
