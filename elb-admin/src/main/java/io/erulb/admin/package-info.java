/**
 * The admin API under {@code /__erulb__/}: reads and changes the configuration in force, in JSON.
 *
 * <p>Start at {@link io.erulb.admin.ElbAdmin}, which puts the API before another handler or on a listener of its own.
 * {@code AdminHandler} is the way of a request, {@code Access} says who may call, and each resource is one {@code
 * Resource}. {@code Page} is what people see of all this. Nothing here knows how requests are proxied or where configuration is kept.
 */
@NullMarked
package io.erulb.admin;

import org.jspecify.annotations.NullMarked;
