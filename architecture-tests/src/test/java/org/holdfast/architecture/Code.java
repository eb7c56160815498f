package org.holdfast.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The product's classes, read once for all rules; tests and generated classes are left out. */
final class Code {

    /** Every package of levels 0 to 2: the deterministic core. */
    static final String[] CORE = {
        "org.holdfast.kernel..",
        "org.holdfast.wire..",
        "org.holdfast.cib..",
        "org.holdfast.cibxml..",
        "org.holdfast.corosyncconf..",
        "org.holdfast.controlapi..",
        "org.holdfast.totem..",
        "org.holdfast.scheduler..",
        "org.holdfast.manager.."
    };

    /** The core without the XML codec, which may use readers and writers over memory (ADR 1). */
    static final String[] CORE_WITHOUT_CODEC = {
        "org.holdfast.kernel..",
        "org.holdfast.wire..",
        "org.holdfast.cib..",
        "org.holdfast.corosyncconf..",
        "org.holdfast.controlapi..",
        "org.holdfast.totem..",
        "org.holdfast.scheduler..",
        "org.holdfast.manager.."
    };

    static final JavaClasses ALL =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("org.holdfast");

    private Code() {}
}
