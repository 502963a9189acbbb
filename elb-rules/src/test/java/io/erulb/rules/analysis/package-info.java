@NullMarked
package io.erulb.rules.analysis;

import org.jspecify.annotations.NullMarked;
