// SPDX-License-Identifier: Apache-2.0
// bench_embedding_cache [default|vit_b]: how long a picture that was seen before takes until it can
// be clicked, from its pixels on: their digest, the file from the disk cache, the embedding. Prints
// a Markdown table. vit_b has random weights: its embedding is as large as the real one.
#include "core/cache/embedding_folder.h"
#include "core/error.h"
#include "core/geometry/image_digest.h"
#include "core/torch/load_segmenter.h"
#include "core/torch/random_segmenter.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <unistd.h>
#include <vector>

namespace
{

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int runs = 15;
constexpr std::uint64_t budget = 1u << 30;

core::Image picture()
{
    core::Image image({1800, 1200});
    for (std::size_t i = 0; i < image.pixels.size(); ++i)
        image.pixels[i] = std::uint8_t(i * 2654435761u >> 13);
    return image;
}

/// What the system holds of the files is let go: the next read comes from the disk.
void forgetFiles(const fs::path &folder)
{
    for (const auto &entry : fs::directory_iterator(folder)) {
        const int file = ::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);
        ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
        ::close(file);
    }
}

struct Stages {
    double digest = 0;
    double read = 0;
    double load = 0;
    double all() const { return digest + read + load; }
};

Stages reopen(core::Segmenter &segmenter, const core::Image &image,
              const core::EmbeddingFolder &folder)
{
    const auto begin = Clock::now();
    const core::EmbeddingKey key =
        core::embeddingKey(core::imageDigest(image.view()), {}, segmenter.info());
    const auto digested = Clock::now();
    const core::EmbeddingBytes bytes = folder.find(key);
    const auto found = Clock::now();
    if (!bytes || !segmenter.loadEmbedding(bytes))
        throw core::Error(core::ErrorKind::FileUnreadable, "the embedding was not kept.");
    const auto milliseconds = [](auto from, auto to) {
        return std::chrono::duration<double, std::milli>(to - from).count();
    };
    return {milliseconds(begin, digested), milliseconds(digested, found),
            milliseconds(found, Clock::now())};
}

void report(const char *name, std::vector<Stages> all)
{
    std::ranges::sort(all, {}, &Stages::all);
    const Stages &median = all[all.size() / 2];
    std::printf("| %s | %.1f | %.1f | %.1f | %.1f | %.1f |\n", name, median.digest, median.read,
                median.load, median.all(), all.back().all());
}

void measure(core::Segmenter &segmenter, const fs::path &directory)
{
    const core::Image image = picture();
    const core::EmbeddingFolder folder(directory);
    const auto begin = Clock::now();
    const auto embedding = segmenter.encode(image.view());
    const double encoding = std::chrono::duration<double>(Clock::now() - begin).count();
    const std::vector<std::byte> bytes = embedding->save();
    folder.insert(core::embeddingKey(core::imageDigest(image.view()), {}, segmenter.info()), bytes,
                  budget);
    std::printf(
        "%s, %s: %.2f MB an embedding; picture %d x %d; encoding took %.2f s\n\n"
        "| ms | digest | file | embedding | median in all | worst |\n|---|---|---|---|---|---|\n",
        segmenter.info().modelName.c_str(), segmenter.info().architecture.c_str(),
        double(bytes.size()) / (1 << 20), image.size.width, image.size.height, encoding);
    std::vector<Stages> warm;
    std::vector<Stages> cold;
    for (int run = 0; run < runs; ++run) {
        forgetFiles(directory);
        cold.push_back(reopen(segmenter, image, folder));
        warm.push_back(reopen(segmenter, image, folder));
    }
    report("file read from the disk", cold);
    report("file still in the system's memory", warm);
}

} // namespace

int main(int argc, char **argv)
{
    const std::string model = argc > 1 ? argv[1] : "default";
    if (argc > 2 || (model != "default" && model != "vit_b")) {
        std::fprintf(stderr, "usage: bench_embedding_cache [default|vit_b]\n");
        return 2;
    }
    const fs::path folder =
        fs::temp_directory_path() / ("maskwright-bench-" + std::to_string(::getpid()));
    int status = 0;
    try {
        fs::create_directory(folder);
        const auto segmenter =
            model == "default" ? core::loadDefaultSegmenter() : core::makeRandomSegmenter(model);
        measure(*segmenter, folder);
    } catch (const std::exception &error) { // core::Error, or the folder cannot be made
        std::fprintf(stderr, "bench_embedding_cache: %s\n", error.what());
        status = 1;
    }
    fs::remove_all(folder);
    return status;
}
