package io.erulb.rules.analysis;

import io.erulb.rules.spi.Condition;
import java.net.InetAddress;
import java.util.List;

/** Whether some assumptions about one subject can hold together. */
sealed interface Outcome {

    /** They cannot, whatever the request: proven. */
    record Never() implements Outcome {}

    /** Nothing is known but that nothing rules it out. */
    record Perhaps() implements Outcome {}

    /**
     * They can, with this.
     *
     * @param values the texts: of a header one for each line; empty where the subject has to be absent
     */
    record Texts(List<String> values) implements Outcome {}

    /** They can, with this address. */
    record Address(InetAddress address) implements Outcome {}

    /**
     * They can, at this minute.
     *
     * @param clock one of the conditions, for its zone
     * @param minute of the week
     */
    record Minute(Condition.Clock clock, int minute) implements Outcome {}
}
