// SPDX-License-Identifier: Apache-2.0
#include "read_packed.h"

#include "packed_files.h"

#include "core/error.h"
#include "core/file/stable_hash.h"
#include "core/image/image_reader.h"
#include "export/formats.h"
#include "export/text/text_file.h"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

namespace fuzz
{
namespace
{

namespace fs = std::filesystem;

void require(bool holds, const char *what)
{
    if (!holds)
        throw std::logic_error(what);
}

/// What every reader promises of its dataset.
void check(const core::Dataset &dataset)
{
    std::set<core::Id> images, categories, annotations;
    for (const core::ImageRecord &image : dataset.images)
        require(image.id >= 1 && images.insert(image.id).second, "an image's id");
    for (const core::Category &category : dataset.categories)
        require(category.id >= 1 && categories.insert(category.id).second, "a category's id");
    for (const core::Annotation &annotation : dataset.annotations) {
        require(annotation.id >= 1 && annotations.insert(annotation.id).second,
                "an annotation's id");
        require(images.contains(annotation.imageId), "an annotation's image");
        require(categories.contains(annotation.categoryId), "an annotation's category");
        require(annotation.hasMask() || annotation.box, "an annotation of nothing");
    }
}

/// What was written as COCO is read again as it was: pixels, ids and names.
void checkComesBack(const core::Dataset &dataset, const fs::path &file)
{
    const exporters::ReadResult back = exporters::findFormat("coco")->read(file);
    require(back.findings.errors() == 0, "errors in what was written");
    require(back.dataset.images.size() == dataset.images.size(), "pictures lost");
    require(back.dataset.categories.size() == dataset.categories.size(), "categories lost");
    require(back.dataset.annotations.size() == dataset.annotations.size(), "annotations lost");
    for (std::size_t i = 0; i < dataset.images.size(); ++i) {
        std::string name = dataset.images[i].fileName;
        std::ranges::replace(name, '\\', '/');
        require(back.dataset.images[i].id == dataset.images[i].id &&
                    back.dataset.images[i].fileName == name &&
                    back.dataset.images[i].size == dataset.images[i].size,
                "a picture changed");
    }
    std::map<core::Id, const core::Annotation *> annotations;
    for (const core::Annotation &annotation : back.dataset.annotations)
        annotations[annotation.id] = &annotation;
    for (const core::Annotation &annotation : dataset.annotations) {
        const auto found = annotations.find(annotation.id);
        require(found != annotations.end() && found->second->mask == annotation.mask &&
                    found->second->imageId == annotation.imageId &&
                    found->second->categoryId == annotation.categoryId &&
                    found->second->isCrowd == annotation.isCrowd &&
                    found->second->track == annotation.track,
                "an annotation changed");
    }
}

/// One of the formats, another one for nearly every input: all of them would take the time of many
/// inputs. Pictures that are large, but not too large, would take it as well.
void writeElsewhere(const core::Dataset &dataset, std::string_view packed, const fs::path &folder)
{
    const auto takesLong = [](const core::ImageRecord &image) {
        return image.size.area() > 4'000'000 && image.size.area() <= core::maxImagePixels;
    };
    const auto &formats = exporters::allFormats();
    const exporters::Format &format = *formats[core::stableHash(packed) % formats.size()];
    if (!format.canWrite() || std::ranges::any_of(dataset.images, takesLong))
        return;
    exporters::WriteOptions options;
    options.maskShapes = packed.size() % 2 == 0;
    options.simplify = packed.size() % 3 == 0 ? 1.5 : 0;
    try {
        exporters::DatasetSource source(dataset);
        format.write(source, folder / "elsewhere", options);
    } catch (const core::Error &) { // what a format cannot hold, it refuses
    }
}

/// Nothing is written beside its target, and no half of it is left.
void checkPlaces(const fs::path &folder)
{
    const std::set<std::string> expected{"in", "out.json", "elsewhere"};
    for (const fs::directory_entry &entry : fs::directory_iterator(folder)) {
        if (!expected.contains(entry.path().filename().string()))
            throw std::logic_error("written outside: " + entry.path().string());
    }
}

} // namespace

void readPacked(std::string_view format, std::string_view packed, const fs::path &folder)
{
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    fs::create_directories(folder / "in", ignored);
    const std::vector<PackedFile> files = unpack(packed);
    if (files.empty())
        return;
    write(files, folder / "in");
    const exporters::Format *reader = exporters::findFormat(format);
    if (!reader)
        throw std::logic_error("no such format");
    const bool isFile = reader->layout() == exporters::Layout::File;
    const fs::path input = isFile ? folder / "in" / files.front().name : folder / "in";
    reader->recognises(input);
    exporters::ReadResult result;
    try {
        result = reader->read(input);
    } catch (const core::Error &) {
        return;
    }
    check(result.dataset);
    // Files may have names that JSON cannot hold; writing says which one and what to do.
    const auto isText = [](const core::ImageRecord &image) {
        return exporters::isUtf8(image.fileName);
    };
    const bool isNamed = std::ranges::all_of(result.dataset.images, isText);
    try {
        exporters::DatasetSource source(result.dataset);
        const auto summary = exporters::findFormat("coco")->write(source, folder / "out.json");
        if (summary.losses.empty())
            checkComesBack(result.dataset, folder / "out.json");
    } catch (const core::Error &error) {
        if (isNamed)
            throw std::logic_error(error.what());
    }
    writeElsewhere(result.dataset, packed, folder);
    checkPlaces(folder);
}

} // namespace fuzz
