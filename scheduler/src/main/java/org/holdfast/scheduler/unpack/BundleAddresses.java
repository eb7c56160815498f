package org.holdfast.scheduler.unpack;

/** Addresses of a bundle's range. */
final class BundleAddresses {

    private BundleAddresses() {}

    /** The IPv4 address behind another, without .0 and what lies behind .253; else a lone zero. */
    static String after(String address) {
        String[] parts = address.split("\\.", -1);
        int[] numbers = new int[4];
        if (parts.length != 4) {
            return "0.0.0.0";
        }
        for (int i = 0; i < 4; i++) {
            try {
                numbers[i] = Integer.parseInt(parts[i]);
            } catch (NumberFormatException e) {
                return "0.0.0.0";
            }
        }
        if (numbers[3] > 253) {
            numbers[3] = 1;
            numbers[2]++;
        } else {
            numbers[3]++;
        }
        return numbers[0] + "." + numbers[1] + "." + numbers[2] + "." + numbers[3];
    }
}
