// SPDX-License-Identifier: Apache-2.0
#include "export/validation/validate.h"

#include "core/error.h"
#include "export/formats.h"
#include "export/formats/coco/coco_reader.h"
#include "export/validation/coco_checks.h"
#include "export/validation/dataset_checks.h"
#include "export/validation/picture_checks.h"

namespace exporters
{
namespace
{

const Format &formatOf(const std::filesystem::path &input, const ValidateOptions &options)
{
    const Format *format = options.format ? options.format : recogniseFormat(input);
    std::error_code ignored;
    if (format == nullptr && !std::filesystem::exists(input, ignored))
        throw core::Error(core::ErrorKind::FileNotFound,
                          "There is no file or folder \"" + input.string() + "\".");
    if (format == nullptr)
        throw core::Error(core::ErrorKind::BadDataset,
                          "\"" + input.string() +
                              "\" is of no format that is known here; name it with --from.");
    return *format;
}

ReadResult read(const Format &format, const std::filesystem::path &input,
                const ValidateOptions &options, const std::stop_token &stop,
                const Progress &progress)
{
    if (format.name() != "coco")
        return format.read(input, {options.imageFolder}, stop, progress);
    CocoChecks checks(input);
    ReadResult result = readCoco(input, stop, progress, [&](const CocoEntry &entry, auto &found) {
        checks.check(entry, found);
    });
    checks.finish(result.findings);
    return result;
}

} // namespace

Validation validate(const std::filesystem::path &input, const ValidateOptions &options,
                    std::stop_token stop, const Progress &progress)
{
    Validation validation;
    validation.format = &formatOf(input, options);
    try {
        ReadResult result = read(*validation.format, input, options, stop, progress);
        validation.dataset = std::move(result.dataset);
        validation.findings = std::move(result.findings);
    } catch (const core::Error &error) {
        if (error.kind() != core::ErrorKind::BadDataset)
            throw;
        validation.findings.add({Severity::Error, "file", input.string(), "", error.what()});
        return validation;
    }
    checkDataset(validation.dataset, input, validation.findings);
    if (!options.imageFolder.empty())
        checkPictures(validation.dataset.images, options.imageFolder, validation.findings, stop);
    return validation;
}

} // namespace exporters
