declare module 'bmp-js' {
  interface Bitmap {
    readonly width: number;
    readonly height: number;
    /** Four bytes a pixel: alpha (unreliable), blue, green, red; top row first. */
    readonly data: Buffer;
  }
  const bmp: {
    decode(file: Buffer): Bitmap;
    encode(bitmap: { width: number; height: number; data: Buffer }): Bitmap;
  };
  export default bmp;
}
