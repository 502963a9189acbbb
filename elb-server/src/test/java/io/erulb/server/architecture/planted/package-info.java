/** Modules that break every arrow. Nothing here runs. */
@NullMarked
package io.erulb.server.architecture.planted;

import org.jspecify.annotations.NullMarked;
