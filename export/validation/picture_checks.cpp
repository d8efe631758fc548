// SPDX-License-Identifier: Apache-2.0
#include "export/validation/picture_checks.h"

#include "core/error.h"
#include "core/image/image_reader.h"
#include "export/files/image_path.h"
#include "export/files/picture_size.h"

namespace exporters
{
namespace
{

Finding compare(const core::ImageRecord &image, core::Size upright, const std::string &file,
                const std::string &place)
{
    const std::string sizes =
        "has " + sizeText(upright) + " pixels, and the annotations say " + sizeText(image.size);
    const core::Size turned{upright.height, upright.width};
    if (image.size == turned)
        return {Severity::Error, "picture-turned", file, place,
                sizes + ": they were made on the picture as it lies in the file, not turned "
                        "upright by its EXIF mark, or with the sides exchanged."};
    return {Severity::Error, "picture-size", file, place, sizes + "."};
}

} // namespace

void checkPictures(const std::vector<core::ImageRecord> &images,
                   const std::filesystem::path &folder, Findings &findings, std::stop_token stop)
{
    for (const core::ImageRecord &image : images) {
        if (stop.stop_requested())
            throw core::Error(core::ErrorKind::Cancelled, "Looking at the pictures was stopped.");
        const std::string place = "image id " + std::to_string(image.id);
        std::filesystem::path file;
        try {
            file = resolveImagePath(folder, image.fileName);
        } catch (const core::Error &) {
            continue; // told as a name that leads out, and never opened
        }
        try {
            const core::Size upright = core::readImageSize(file);
            if (upright != image.size)
                findings.add(compare(image, upright, file.string(), place));
        } catch (const core::Error &error) {
            const bool isMissing = error.kind() == core::ErrorKind::FileNotFound;
            findings.add({Severity::Error, isMissing ? "picture-missing" : "picture-unreadable",
                          file.string(), place,
                          isMissing ? "is not in the folder of the pictures." : error.what()});
        }
    }
}

} // namespace exporters
