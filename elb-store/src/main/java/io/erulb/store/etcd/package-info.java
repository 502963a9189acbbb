/**
 * Configuration in etcd v3. Start at {@link io.erulb.store.etcd.EtcdConfigStore}.
 *
 * <p>jetcd stays behind this package. Of it only single calls and a bare watch stream are used: deadlines, resuming,
 * backing off and rebuilding a dead client are done here, because a watch that jetcd resumes can lose events.
 */
@NullMarked
package io.erulb.store.etcd;

import org.jspecify.annotations.NullMarked;
