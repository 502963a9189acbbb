/**
 * Tests against a real etcd. {@link io.erulb.store.etcd.EtcdProcess} runs it, for the tests of other modules too; {@link
 * io.erulb.store.etcd.Forwarder} stands between it and a client, to cut or lose their connections.
 */
@NullMarked
package io.erulb.store.etcd;

import org.jspecify.annotations.NullMarked;
