/** What the tests of this module share: the API on real sockets, and a source that does as it is told. */
@NullMarked
package io.erulb.admin.testing;

import org.jspecify.annotations.NullMarked;
