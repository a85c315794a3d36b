using System;

namespace DevKit.Dice.Hashing
{
    /// <summary>SHA-256's compression function (FIPS 180-4, 6.2.2), written for an interpreter.</summary>
    /// <remarks>
    /// <para>Every word is kept twice over in 64 bits (w + w 2^32), so that a rotation is one shift; what a sum leaves above bit 31 is cut
    /// off when the sum is doubled in its turn. The rotations of a word are nested: ror2 ^ ror13 ^ ror22 is
    /// ((w &gt;&gt; 9 ^ w) &gt;&gt; 11 ^ w) &gt;&gt; 2.</para>
    /// <para>Sixteen rounds are written out, so that the state and the message schedule stay in locals, and run four times.</para>
    /// </remarks>
    internal static class Sha256Block
    {
        // FIPS 180-4, 4.2.2, two in each: the first in the lower half.
        private static readonly ulong[] Constants =
        {
            0x71374491428A2F98, 0xE9B5DBA5B5C0FBCF, 0x59F111F13956C25B, 0xAB1C5ED5923F82A4,
            0x12835B01D807AA98, 0x550C7DC3243185BE, 0x80DEB1FE72BE5D74, 0xC19BF1749BDC06A7,
            0xEFBE4786E49B69C1, 0x240CA1CC0FC19DC6, 0x4A7484AA2DE92C6F, 0x76F988DA5CB0A9DC,
            0xA831C66D983E5152, 0xBF597FC7B00327C8, 0xD5A79147C6E00BF3, 0x1429296706CA6351,
            0x2E1B213827B70A85, 0x53380D134D2C6DFC, 0x766A0ABB650A7354, 0x92722C8581C2C92E,
            0xA81A664BA2BFE8A1, 0xC76C51A3C24B8B70, 0xD6990624D192E819, 0x106AA070F40E3585,
            0x1E376C0819A4C116, 0x34B0BCB52748774C, 0x4ED8AA4A391C0CB3, 0x682E6FF35B9CCA4F,
            0x78A5636F748F82EE, 0x8CC7020884C87814, 0xA4506CEB90BEFFFA, 0xC67178F2BEF9A3F7,
        };

        internal static void Compress(uint[] state, byte[] data, int offset)
        {
            ulong[] constants = Constants;
            ulong mask = 0xFFFFFFFF, twice = 0x100000001, k;

            // Two words at a time: the bytes of each pair are swapped here, and the pairs by the factor, which doubles the word as well.
            ulong bytes = 0x00FF00FF00FF00FF, swap = 0x0001000000010000;
            k = BitConverter.ToUInt64(data, offset);
            k = (k & bytes) << 8 | k >> 8 & bytes;
            ulong w0 = (k & mask) * swap | (k & mask) >> 16, w1 = (k >> 32) * swap | k >> 48;
            k = BitConverter.ToUInt64(data, offset + 8);
            k = (k & bytes) << 8 | k >> 8 & bytes;
            ulong w2 = (k & mask) * swap | (k & mask) >> 16, w3 = (k >> 32) * swap | k >> 48;
            k = BitConverter.ToUInt64(data, offset + 16);
            k = (k & bytes) << 8 | k >> 8 & bytes;
            ulong w4 = (k & mask) * swap | (k & mask) >> 16, w5 = (k >> 32) * swap | k >> 48;
            k = BitConverter.ToUInt64(data, offset + 24);
            k = (k & bytes) << 8 | k >> 8 & bytes;
            ulong w6 = (k & mask) * swap | (k & mask) >> 16, w7 = (k >> 32) * swap | k >> 48;
            k = BitConverter.ToUInt64(data, offset + 32);
            k = (k & bytes) << 8 | k >> 8 & bytes;
            ulong w8 = (k & mask) * swap | (k & mask) >> 16, w9 = (k >> 32) * swap | k >> 48;
            k = BitConverter.ToUInt64(data, offset + 40);
            k = (k & bytes) << 8 | k >> 8 & bytes;
            ulong w10 = (k & mask) * swap | (k & mask) >> 16, w11 = (k >> 32) * swap | k >> 48;
            k = BitConverter.ToUInt64(data, offset + 48);
            k = (k & bytes) << 8 | k >> 8 & bytes;
            ulong w12 = (k & mask) * swap | (k & mask) >> 16, w13 = (k >> 32) * swap | k >> 48;
            k = BitConverter.ToUInt64(data, offset + 56);
            k = (k & bytes) << 8 | k >> 8 & bytes;
            ulong w14 = (k & mask) * swap | (k & mask) >> 16, w15 = (k >> 32) * swap | k >> 48;

            ulong a = state[0] * twice, b = state[1] * twice, c = state[2] * twice, d = state[3] * twice;
            ulong e = state[4] * twice, f = state[5] * twice, g = state[6] * twice, h = state[7] * twice;
            for (int i = 0; ; i += 8)
            {
                h += (((e >> 14 ^ e) >> 5 ^ e) >> 6) + ((f ^ g) & e ^ g) + (k = constants[i]) + w0;
                d = (d + h & mask) * twice;
                h = (h + (((a >> 9 ^ a) >> 11 ^ a) >> 2) + ((a | c) & b | a & c) & mask) * twice;
                g += (((d >> 14 ^ d) >> 5 ^ d) >> 6) + ((e ^ f) & d ^ f) + (k >> 32) + w1;
                c = (c + g & mask) * twice;
                g = (g + (((h >> 9 ^ h) >> 11 ^ h) >> 2) + ((h | b) & a | h & b) & mask) * twice;
                f += (((c >> 14 ^ c) >> 5 ^ c) >> 6) + ((d ^ e) & c ^ e) + (k = constants[i + 1]) + w2;
                b = (b + f & mask) * twice;
                f = (f + (((g >> 9 ^ g) >> 11 ^ g) >> 2) + ((g | a) & h | g & a) & mask) * twice;
                e += (((b >> 14 ^ b) >> 5 ^ b) >> 6) + ((c ^ d) & b ^ d) + (k >> 32) + w3;
                a = (a + e & mask) * twice;
                e = (e + (((f >> 9 ^ f) >> 11 ^ f) >> 2) + ((f | h) & g | f & h) & mask) * twice;
                d += (((a >> 14 ^ a) >> 5 ^ a) >> 6) + ((b ^ c) & a ^ c) + (k = constants[i + 2]) + w4;
                h = (h + d & mask) * twice;
                d = (d + (((e >> 9 ^ e) >> 11 ^ e) >> 2) + ((e | g) & f | e & g) & mask) * twice;
                c += (((h >> 14 ^ h) >> 5 ^ h) >> 6) + ((a ^ b) & h ^ b) + (k >> 32) + w5;
                g = (g + c & mask) * twice;
                c = (c + (((d >> 9 ^ d) >> 11 ^ d) >> 2) + ((d | f) & e | d & f) & mask) * twice;
                b += (((g >> 14 ^ g) >> 5 ^ g) >> 6) + ((h ^ a) & g ^ a) + (k = constants[i + 3]) + w6;
                f = (f + b & mask) * twice;
                b = (b + (((c >> 9 ^ c) >> 11 ^ c) >> 2) + ((c | e) & d | c & e) & mask) * twice;
                a += (((f >> 14 ^ f) >> 5 ^ f) >> 6) + ((g ^ h) & f ^ h) + (k >> 32) + w7;
                e = (e + a & mask) * twice;
                a = (a + (((b >> 9 ^ b) >> 11 ^ b) >> 2) + ((b | d) & c | b & d) & mask) * twice;
                h += (((e >> 14 ^ e) >> 5 ^ e) >> 6) + ((f ^ g) & e ^ g) + (k = constants[i + 4]) + w8;
                d = (d + h & mask) * twice;
                h = (h + (((a >> 9 ^ a) >> 11 ^ a) >> 2) + ((a | c) & b | a & c) & mask) * twice;
                g += (((d >> 14 ^ d) >> 5 ^ d) >> 6) + ((e ^ f) & d ^ f) + (k >> 32) + w9;
                c = (c + g & mask) * twice;
                g = (g + (((h >> 9 ^ h) >> 11 ^ h) >> 2) + ((h | b) & a | h & b) & mask) * twice;
                f += (((c >> 14 ^ c) >> 5 ^ c) >> 6) + ((d ^ e) & c ^ e) + (k = constants[i + 5]) + w10;
                b = (b + f & mask) * twice;
                f = (f + (((g >> 9 ^ g) >> 11 ^ g) >> 2) + ((g | a) & h | g & a) & mask) * twice;
                e += (((b >> 14 ^ b) >> 5 ^ b) >> 6) + ((c ^ d) & b ^ d) + (k >> 32) + w11;
                a = (a + e & mask) * twice;
                e = (e + (((f >> 9 ^ f) >> 11 ^ f) >> 2) + ((f | h) & g | f & h) & mask) * twice;
                d += (((a >> 14 ^ a) >> 5 ^ a) >> 6) + ((b ^ c) & a ^ c) + (k = constants[i + 6]) + w12;
                h = (h + d & mask) * twice;
                d = (d + (((e >> 9 ^ e) >> 11 ^ e) >> 2) + ((e | g) & f | e & g) & mask) * twice;
                c += (((h >> 14 ^ h) >> 5 ^ h) >> 6) + ((a ^ b) & h ^ b) + (k >> 32) + w13;
                g = (g + c & mask) * twice;
                c = (c + (((d >> 9 ^ d) >> 11 ^ d) >> 2) + ((d | f) & e | d & f) & mask) * twice;
                b += (((g >> 14 ^ g) >> 5 ^ g) >> 6) + ((h ^ a) & g ^ a) + (k = constants[i + 7]) + w14;
                f = (f + b & mask) * twice;
                b = (b + (((c >> 9 ^ c) >> 11 ^ c) >> 2) + ((c | e) & d | c & e) & mask) * twice;
                a += (((f >> 14 ^ f) >> 5 ^ f) >> 6) + ((g ^ h) & f ^ h) + (k >> 32) + w15;
                e = (e + a & mask) * twice;
                a = (a + (((b >> 9 ^ b) >> 11 ^ b) >> 2) + ((b | d) & c | b & d) & mask) * twice;
                if (i == 24)
                {
                    break;
                }

                w0 = (w0 + (((w1 >> 11 ^ w1) >> 7) ^ w1 >> 35) + w9 + (((w14 >> 2 ^ w14) >> 17) ^ w14 >> 42) & mask) * twice;
                w1 = (w1 + (((w2 >> 11 ^ w2) >> 7) ^ w2 >> 35) + w10 + (((w15 >> 2 ^ w15) >> 17) ^ w15 >> 42) & mask) * twice;
                w2 = (w2 + (((w3 >> 11 ^ w3) >> 7) ^ w3 >> 35) + w11 + (((w0 >> 2 ^ w0) >> 17) ^ w0 >> 42) & mask) * twice;
                w3 = (w3 + (((w4 >> 11 ^ w4) >> 7) ^ w4 >> 35) + w12 + (((w1 >> 2 ^ w1) >> 17) ^ w1 >> 42) & mask) * twice;
                w4 = (w4 + (((w5 >> 11 ^ w5) >> 7) ^ w5 >> 35) + w13 + (((w2 >> 2 ^ w2) >> 17) ^ w2 >> 42) & mask) * twice;
                w5 = (w5 + (((w6 >> 11 ^ w6) >> 7) ^ w6 >> 35) + w14 + (((w3 >> 2 ^ w3) >> 17) ^ w3 >> 42) & mask) * twice;
                w6 = (w6 + (((w7 >> 11 ^ w7) >> 7) ^ w7 >> 35) + w15 + (((w4 >> 2 ^ w4) >> 17) ^ w4 >> 42) & mask) * twice;
                w7 = (w7 + (((w8 >> 11 ^ w8) >> 7) ^ w8 >> 35) + w0 + (((w5 >> 2 ^ w5) >> 17) ^ w5 >> 42) & mask) * twice;
                w8 = (w8 + (((w9 >> 11 ^ w9) >> 7) ^ w9 >> 35) + w1 + (((w6 >> 2 ^ w6) >> 17) ^ w6 >> 42) & mask) * twice;
                w9 = (w9 + (((w10 >> 11 ^ w10) >> 7) ^ w10 >> 35) + w2 + (((w7 >> 2 ^ w7) >> 17) ^ w7 >> 42) & mask) * twice;
                w10 = (w10 + (((w11 >> 11 ^ w11) >> 7) ^ w11 >> 35) + w3 + (((w8 >> 2 ^ w8) >> 17) ^ w8 >> 42) & mask) * twice;
                w11 = (w11 + (((w12 >> 11 ^ w12) >> 7) ^ w12 >> 35) + w4 + (((w9 >> 2 ^ w9) >> 17) ^ w9 >> 42) & mask) * twice;
                w12 = (w12 + (((w13 >> 11 ^ w13) >> 7) ^ w13 >> 35) + w5 + (((w10 >> 2 ^ w10) >> 17) ^ w10 >> 42) & mask) * twice;
                w13 = (w13 + (((w14 >> 11 ^ w14) >> 7) ^ w14 >> 35) + w6 + (((w11 >> 2 ^ w11) >> 17) ^ w11 >> 42) & mask) * twice;
                w14 = (w14 + (((w15 >> 11 ^ w15) >> 7) ^ w15 >> 35) + w7 + (((w12 >> 2 ^ w12) >> 17) ^ w12 >> 42) & mask) * twice;
                w15 = (w15 + (((w0 >> 11 ^ w0) >> 7) ^ w0 >> 35) + w8 + (((w13 >> 2 ^ w13) >> 17) ^ w13 >> 42) & mask) * twice;
            }

            state[0] += (uint)a;
            state[1] += (uint)b;
            state[2] += (uint)c;
            state[3] += (uint)d;
            state[4] += (uint)e;
            state[5] += (uint)f;
            state[6] += (uint)g;
            state[7] += (uint)h;
        }
    }
}
