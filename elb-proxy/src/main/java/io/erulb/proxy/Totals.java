package io.erulb.proxy;

import java.util.concurrent.atomic.LongAdder;

/**
 * What was counted since a proxy was made, all domains together. Safe for use by many threads.
 *
 * @param refused requests answered 503 since every server was at its limit of connections
 * @param retried times that a further server was asked since one had failed
 * @param hedged times that a second server was asked beside one that took long
 */
record Totals(LongAdder refused, LongAdder retried, LongAdder hedged) {
    Totals() {
        this(new LongAdder(), new LongAdder(), new LongAdder());
    }
}
