// SPDX-License-Identifier: Apache-2.0
// Reading and writing a large file of COCO instances:
//
//     bench_coco make FILE rle|polygons [ANNOTATIONS]   a file of about a gigabyte
//     bench_coco read FILE                              seconds and memory, as a line of a table
//     bench_coco copy FILE TARGET                       reads it, then writes it; the time is the
//     writing's
#include "core/error.h"
#include "core/mask/rle_polygon.h"
#include "core/mask/rle_string.h"
#include "export/formats/coco/coco_reader.h"
#include "export/formats/coco/coco_writer.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <numbers>
#include <random>
#include <string>

#include <sys/resource.h>

namespace
{

constexpr core::Size pictureSize{1920, 1080};
constexpr int annotationsOfPicture = 20;

/// A wobbly round thing of about 200 pixels.
std::vector<double> blob(std::mt19937 &random)
{
    const auto uniform = [&](double from, double to) {
        return std::uniform_real_distribution(from, to)(random);
    };
    const double x = uniform(150, 1770), y = uniform(150, 930), radius = uniform(70, 130);
    const double wobble = uniform(0.05, 0.3), phase = uniform(0, 6);
    const int lobes = 2 + static_cast<int>(random() % 6), corners = 50;
    std::vector<double> xy;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * i / corners;
        const double r = radius * (1 + wobble * std::sin(lobes * angle + phase));
        xy.push_back(std::round((x + r * std::cos(angle)) * 100) / 100);
        xy.push_back(std::round((y + r * std::sin(angle)) * 100) / 100);
    }
    return xy;
}

std::string segmentationText(std::mt19937 &random, bool isPolygon)
{
    const std::vector<double> xy = blob(random);
    std::string text;
    if (isPolygon) {
        for (const double number : xy) {
            char digits[32];
            std::snprintf(digits, sizeof digits, "%s%.2f", text.empty() ? "[[" : ",", number);
            text += digits;
        }
        return text + "]]";
    }
    for (const char c : core::toString(core::rleFromPolygon(xy, pictureSize)))
        text += c == '\\' ? "\\\\" : std::string(1, c);
    return "{\"size\":[" + std::to_string(pictureSize.height) + "," +
           std::to_string(pictureSize.width) + "],\"counts\":\"" + text + "\"}";
}

void make(const char *file, bool isPolygon, int annotations)
{
    std::mt19937 random(1);
    std::vector<std::string> shapes;
    for (int i = 0; i < 2000; ++i)
        shapes.push_back(segmentationText(random, isPolygon));
    std::ofstream out(file, std::ios::binary);
    out << "{\"info\":{\"year\":2026},\"licenses\":[],\"images\":[";
    for (int i = 1; i <= annotations / annotationsOfPicture + 1; ++i)
        out << (i > 1 ? "," : "") << "{\"id\":" << i << ",\"file_name\":\"" << i
            << ".jpg\",\"width\":" << pictureSize.width << ",\"height\":" << pictureSize.height
            << "}";
    out << "],\"annotations\":[";
    for (int i = 1; i <= annotations; ++i)
        out << (i > 1 ? "," : "") << "{\"segmentation\":" << shapes[random() % shapes.size()]
            << ",\"area\":31415.5,\"iscrowd\":0,\"image_id\":" << i / annotationsOfPicture + 1
            << ",\"bbox\":[100.5,100.25,200.0,210.75],\"category_id\":" << i % 3 + 1
            << ",\"id\":" << i << "}";
    // COCO's own files have the categories last.
    out << "],\"categories\":[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"b\"},"
           "{\"id\":3,\"name\":\"c\"}]}\n";
}

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double peakMegabytes()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

/// What the annotations themselves take.
double keptMegabytes(const core::Dataset &dataset)
{
    double bytes = 0;
    for (const core::Annotation &annotation : dataset.annotations)
        bytes += double(sizeof annotation + annotation.mask.counts.size() * sizeof(std::uint32_t));
    return bytes / (1 << 20);
}

void read(const char *file, const char *target)
{
    auto start = std::chrono::steady_clock::now();
    const exporters::ReadResult result = exporters::readCoco(file);
    double seconds = secondsSince(start);
    if (target != nullptr) {
        exporters::DatasetSource source(result.dataset);
        start = std::chrono::steady_clock::now();
        exporters::writeCoco(source, target);
        seconds = secondsSince(start);
    }
    std::printf(
        "| %s | %zu annotations | %zu findings | %.1f s | %.0f MB kept | %.0f MB at most |\n",
        target != nullptr ? "written" : "read", result.dataset.annotations.size(),
        result.findings.errors() + result.findings.warnings(), seconds,
        keptMegabytes(result.dataset), peakMegabytes());
}

} // namespace

int main(int argc, char **argv)
{
    const std::string what = argc > 2 ? argv[1] : "";
    try {
        if (what == "make" && argc >= 4)
            make(argv[2], std::string(argv[3]) == "polygons",
                 argc > 4 ? std::atoi(argv[4]) : 1'000'000);
        else if (what == "read" || (what == "copy" && argc == 4))
            read(argv[2], what == "copy" ? argv[3] : nullptr);
        else
            std::cerr << "bench_coco make FILE rle|polygons [ANNOTATIONS] | read FILE | copy FILE "
                         "TARGET\n";
    } catch (const core::Error &error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
    return 0;
}
