/**
 * What a change of rules would have done to requests that were decided already.
 *
 * <p>Start at {@link io.erulb.rules.whatif.RecentRequests}, which keeps them without their secrets, and {@link
 * io.erulb.rules.whatif.WhatIf}, which compares. The package knows rules and no server.
 */
@NullMarked
package io.erulb.rules.whatif;

import org.jspecify.annotations.NullMarked;
