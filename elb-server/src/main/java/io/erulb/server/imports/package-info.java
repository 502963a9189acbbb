/**
 * Moving in: configuration from elsewhere becomes keys of a store. Start at
 * {@link io.erulb.server.imports.ImportCommand}, which is what {@code import} runs. A {@code Source} is read into
 * {@code Findings}, a {@code Plan} compares these with the store and asks routing what is wrong with them, and a
 * {@code Report} prints the plan. Nothing here knows which store it is, nor how the server runs.
 */
@NullMarked
package io.erulb.server.imports;

import org.jspecify.annotations.NullMarked;
