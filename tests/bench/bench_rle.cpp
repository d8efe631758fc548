// SPDX-License-Identifier: Apache-2.0
// Times run-length encoding, decoding and IoU beside the plain definition of each, and prints a
// Markdown table. Medians; every result is compared with the plain one first.
#include "core/mask/rle_measure.h"
#include "core/mask/rle_string.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>

namespace
{

core::Rle plainEncode(const core::Mask &mask)
{
    core::Rle rle{mask.size, {0}};
    std::uint8_t value = 0;
    for (int x = 0; x < mask.size.width; ++x) {
        for (int y = 0; y < mask.size.height; ++y) {
            if (mask.at(x, y) != value) {
                rle.counts.push_back(0);
                value ^= 1;
            }
            ++rle.counts.back();
        }
    }
    return rle;
}

core::Mask plainDecode(const core::Rle &rle)
{
    core::Mask mask(rle.size);
    int x = 0, y = 0;
    for (std::size_t i = 0; i < rle.counts.size(); ++i) {
        for (std::uint32_t n = 0; n < rle.counts[i]; ++n) {
            mask.set(x, y, i % 2 == 1);
            if (++y == rle.size.height) {
                y = 0;
                ++x;
            }
        }
    }
    return mask;
}

double plainIou(const core::Rle &a, const core::Rle &b)
{
    const core::Mask maskA = plainDecode(a), maskB = plainDecode(b);
    long both = 0, either = 0;
    for (std::size_t i = 0; i < maskA.pixels.size(); ++i) {
        both += maskA.pixels[i] & maskB.pixels[i];
        either += maskA.pixels[i] | maskB.pixels[i];
    }
    return either == 0 ? 0 : static_cast<double>(both) / static_cast<double>(either);
}

core::Mask disc(core::Size size, double share)
{
    core::Mask mask(size);
    const double radius = share * std::min(size.width, size.height) / 2;
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const double dx = x - size.width / 2.0, dy = y - size.height / 2.0;
            mask.set(x, y, dx * dx + dy * dy < radius * radius);
        }
    }
    return mask;
}

core::Mask noise(core::Size size)
{
    std::mt19937 random(1);
    core::Mask mask(size);
    for (std::uint8_t &pixel : mask.pixels)
        pixel = random() & 1;
    return mask;
}

/// Median over up to 31 runs or half a second, in milliseconds.
double milliseconds(const std::function<void()> &work)
{
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    std::vector<double> times;
    work();
    while (times.size() < 31 &&
           (times.size() < 3 || Clock::now() - begin < std::chrono::milliseconds(500))) {
        const auto start = Clock::now();
        work();
        times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    }
    std::nth_element(times.begin(), times.begin() + static_cast<long>(times.size() / 2),
                     times.end());
    return times[times.size() / 2];
}

void row(const char *mask, const char *work, double plain, double ours)
{
    std::printf("| %s | %s | %.3f | %.3f | %.1f |\n", mask, work, plain, ours, plain / ours);
}

void measure(const char *name, const core::Mask &mask, const core::Mask &other)
{
    const core::Rle rle = core::encode(mask), otherRle = core::encode(other);
    const std::string string = core::toString(rle);
    if (rle != plainEncode(mask) || core::decode(rle) != mask ||
        core::iou(rle, otherRle) != plainIou(rle, otherRle) ||
        core::rleFromString(string, mask.size) != rle) {
        std::fprintf(stderr, "wrong result on %s\n", name);
        std::exit(1);
    }
    std::size_t used = 0; // so that no work can be left out as unused
    row(name, "encode", milliseconds([&] { used += plainEncode(mask).counts.size(); }),
        milliseconds([&] { used += core::encode(mask).counts.size(); }));
    row(name, "decode", milliseconds([&] { used += plainDecode(rle).pixels[0]; }),
        milliseconds([&] { used += core::decode(rle).pixels[0]; }));
    row(name, "IoU", milliseconds([&] { used += plainIou(rle, otherRle) > 0.5; }),
        milliseconds([&] { used += core::iou(rle, otherRle) > 0.5; }));
    const double toString = milliseconds([&] { used += core::toString(rle).size(); });
    const double fromString =
        milliseconds([&] { used += core::rleFromString(string, mask.size).counts.size(); });
    std::printf("| %s | to string | | %.3f | |\n| %s | from string | | %.3f | |\n", name, toString,
                name, fromString);
    if (used == 0)
        std::exit(1);
}

} // namespace

int main()
{
    std::printf("| mask | work | plain, ms | ours, ms | times faster |\n|---|---|---|---|---|\n");
    measure("disc, 640 x 480", disc({640, 480}, 0.6), disc({640, 480}, 0.5));
    measure("disc, 1800 x 1200", disc({1800, 1200}, 0.6), disc({1800, 1200}, 0.5));
    measure("small disc, 1800 x 1200", disc({1800, 1200}, 0.1), disc({1800, 1200}, 0.09));
    measure("disc, 6000 x 4000", disc({6000, 4000}, 0.6), disc({6000, 4000}, 0.5));
    measure("noise, 1800 x 1200", noise({1800, 1200}), disc({1800, 1200}, 0.5));
}
