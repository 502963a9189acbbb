/**
 * Addresses of names with their TTLs, from DNS servers asked directly. Start at
 * {@link io.erulb.server.dns.DnsResolver}. Only here is it known by which library; nothing here knows of the server.
 */
@NullMarked
package io.erulb.server.dns;

import org.jspecify.annotations.NullMarked;
