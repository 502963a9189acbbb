/** The engine's behaviour as tests: documents, graphs, walks, patterns, paths. */
@NullMarked
package io.erulb.rules;

import org.jspecify.annotations.NullMarked;
