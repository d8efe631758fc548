// SPDX-License-Identifier: Apache-2.0
// make_seeds FOLDER: a small dataset in every format, packed, as what fuzzing begins with.
#include "packed_files.h"

#include "core/error.h"
#include "export/formats.h"

#include <cstdio>
#include <fstream>

namespace
{

namespace fs = std::filesystem;

core::Dataset sampleDataset()
{
    core::Dataset dataset;
    dataset.categories = {{1, "cat", "", 0}, {2, "dog", "", 0}};
    dataset.images = {{1, "a.png", {12, 9}}, {2, "b.png", {5, 4}}};
    core::Annotation ring{1, 1, 1, {{12, 9}, {10, 3, 6, 1, 1, 1, 6, 3, 77}}};
    core::Annotation square{2, 1, 2, {{12, 9}, {45, 4, 5, 4, 50}}};
    core::Annotation box{3, 2, 2, {{5, 4}, {}}};
    box.box = core::Box{0.5, 0.5, 3.5, 2.5};
    dataset.annotations = {ring, square, box};
    return dataset;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fputs("usage: make_seeds FOLDER\n", stderr);
        return 2;
    }
    const core::Dataset dataset = sampleDataset();
    const fs::path scratch = fs::temp_directory_path() / "maskwright-seeds";
    for (const auto &format : exporters::allFormats()) {
        if (!format->canWrite())
            continue;
        fs::remove_all(scratch);
        fs::create_directories(scratch);
        const bool isFile = format->layout() == exporters::Layout::File;
        const fs::path target = scratch / (isFile ? "a.json" : "a");
        try {
            exporters::DatasetSource source(dataset);
            format->write(source, target);
        } catch (const core::Error &error) {
            std::fprintf(stderr, "%s\n", error.what());
            return 1;
        }
        const fs::path folder = fs::path(argv[1]) / format->name();
        fs::create_directories(folder);
        std::ofstream(folder / "written", std::ios::binary) << fuzz::pack(fuzz::filesAt(target));
    }
    fs::remove_all(scratch);
}
