/**
 * Where configuration is kept, as text: rule documents by domain, server parameters by upstream and server.
 *
 * <p>Start at {@link io.erulb.store.ConfigStore}; {@link io.erulb.store.StoredConfig} is what it reads and
 * {@link io.erulb.store.StoredChange} what it writes and announces. Here are the stores in memory and in a folder; the
 * one in etcd has a package of its own. Nothing here knows what a value means.
 */
@NullMarked
package io.erulb.store;

import org.jspecify.annotations.NullMarked;
