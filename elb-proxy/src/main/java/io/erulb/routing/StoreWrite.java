package io.erulb.routing;

import java.util.function.Predicate;

/**
 * A change to be written to the store first. Immutable.
 *
 * @param change what to write
 * @param expected asked of the table that takes all of the store into account; nothing is written when it is not
 * @param force whether an upstream may go that rules still name
 * @param author who asks for it
 */
public record StoreWrite(RoutingChange change, Predicate<RoutingTable> expected, boolean force, ChangeAuthor author) {}
