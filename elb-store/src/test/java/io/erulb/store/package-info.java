/**
 * What stores promise, as tests: {@link io.erulb.store.ConfigStoreContract} holds for each of them.
 */
@NullMarked
package io.erulb.store;

import org.jspecify.annotations.NullMarked;
