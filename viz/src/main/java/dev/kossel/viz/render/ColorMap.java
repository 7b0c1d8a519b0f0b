package dev.kossel.viz.render;

/**
 * Perceptually uniform colour maps whose lightness rises monotonically, so that they also read in grey and with
 * colour-vision deficiency.
 *
 * <p>Viridis and inferno: S. van der Walt and N. Smith, 2015 (CC0). Cividis: J. R. Nuñez et al., PLoS ONE 13, e0199239
 * (2018), doi:10.1371/journal.pone.0199239.
 */
public enum ColorMap {
    VIRIDIS("440154470d6048186a482374472d7b4537814240863e49893b528b375b8d33638d2f6b8e2c728e297a8e26828e23898e21918c"
            + "1f988b1fa08822a78528ae8032b67a3fbc734ec36b5ec96270cf5784d44b98d83eaddc30c2df23d8e219ece51bfde725"),
    CIVIDIS("00224e00285b002e6a0533711a386f273e6e32436d3b496c434e6c4b546c535a6d5a5f6e61656f686a716f70737676767d7c78"
            + "8482798c8878938e789b9476a39a74aba072b4a76fbcae6cc4b468cdbb63d5c25edec958e7d150f0d846f9e03afee838"),
    INFERNO("0000040403120b0724150b37210c4a2f0a5b3d09654a0c6b57106e64156e71196e7d1e6d8a226a972766a32c61b0315bbc3754"
            + "c73e4cd24644db503be45a31eb6628f1731df68013f98e09fb9d07fcac11fbbc21f9cb35f5db4cf2ea69f3f68afcffa4");

    private final int[] stops;

    ColorMap(String hex) {
        stops = new int[hex.length() / 6];
        for (int i = 0; i < stops.length; i++) {
            stops[i] = Integer.parseInt(hex, 6 * i, 6 * i + 6, 16);
        }
    }

    /** The colour 0xRRGGBB at {@code fraction} of the map, clamped to 0 … 1; NaN gives a neutral grey. */
    public int rgb(double fraction) {
        if (Double.isNaN(fraction)) {
            return 0xb0b0b0;
        }
        double position = Math.max(0, Math.min(1, fraction)) * (stops.length - 1);
        int below = Math.min((int) position, stops.length - 2);
        return Colors.mix(stops[below], stops[below + 1], position - below);
    }
}
