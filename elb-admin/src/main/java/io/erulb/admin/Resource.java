package io.erulb.admin;

import java.util.Map;

/** One thing under {@code /__erulb__/}. Safe for use by many threads. */
interface Resource {

    /** The segment after the prefix. */
    String name();

    /** What each method does; HEAD follows from GET. */
    Map<String, Action> actions();

    /** Whether callers without the token are answered too, as far as {@link AdminRequest#trusted()} allows. */
    default boolean open() {
        return false;
    }

    /** What one method does. Runs on a worker thread and may block. */
    @FunctionalInterface
    interface Action {
        /**
         * Does it.
         *
         * @throws Refusal when it cannot be done
         */
        Answer answer(AdminRequest request);
    }
}
