/** XML files as commands read them: plain, or compressed as the real cluster stores its inputs. */
@NullMarked
package org.holdfast.tools.xmlfile;

import org.jspecify.annotations.NullMarked;
