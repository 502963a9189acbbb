/** What the tests of this module share: a clock that stands still until told, servers by letter, nginx's algorithm. */
@NullMarked
package io.erulb.upstream.testing;

import org.jspecify.annotations.NullMarked;
