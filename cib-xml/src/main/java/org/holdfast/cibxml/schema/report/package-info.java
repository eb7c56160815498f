/**
 * Words what is wrong with a CIB as the reference's schema validator does. Its messages depend on
 * the order in which it tries alternatives, so a second, slower check follows that order; it runs
 * only over documents that are known to be invalid.
 */
@NullMarked
package org.holdfast.cibxml.schema.report;

import org.jspecify.annotations.NullMarked;
