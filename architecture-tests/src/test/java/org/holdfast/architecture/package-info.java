/**
 * The rules of docs/architecture.md as tests: levels, what a deterministic core may use, and where
 * the dangerous things (processes, XML parsers, the foreign-function interface) live.
 */
@NullMarked
package org.holdfast.architecture;

import org.jspecify.annotations.NullMarked;
