// SPDX-License-Identifier: Apache-2.0
// maskwright-scenes: paints training scenes, to look at them or to keep them for the trainer.
#include "core/error.h"
#include "core/training/prepare_material.h"
#include "core/training/prepare_objects.h"
#include "core/training/rendered_scenes.h"
#include "core/training/scene_cache.h"
#include "core/training/scene_preview.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace
{

/// Runs every file of a folder through `prepare`; says how many were of use.
template <typename Prepare>
void prepareFolder(const std::filesystem::path &from, const std::filesystem::path &to,
                   const char *extension, Prepare prepare)
{
    std::filesystem::create_directories(to);
    int used = 0;
    int seen = 0;
    for (const auto &entry : std::filesystem::directory_iterator(from)) {
        ++seen;
        used += prepare(entry.path(), to / (entry.path().stem().string() + extension));
    }
    std::printf("%s: %d of %d files are of use\n", to.string().c_str(), used, seen);
}

} // namespace

int main(int argc, char **argv)
{
    CLI::App app("Paints scenes to train the default model on");
    std::uint64_t seed = 1;
    std::uint64_t first = 0;
    std::uint64_t count = 12;
    std::uint64_t perFile = 250;
    bool validation = false;
    std::filesystem::path preview;
    std::filesystem::path cache;
    core::SceneOptions options;
    app.add_option("--material", options.material, "Folder of packaging/training-material");
    app.add_option("--side", options.side, "Width and height in pixels")
        ->check(CLI::Range(32, 4096));
    app.add_option("--seed", seed, "Another seed, other scenes");
    app.add_option("--first", first, "Number of the first scene");
    app.add_option("--count", count, "How many scenes");
    app.add_option("--per-file", perFile, "Scenes in one file of the cache")
        ->check(CLI::PositiveNumber);
    app.add_flag("--validation", validation, "Use the held-out material");
    app.add_option("--preview", preview, "Write a contact sheet (PNG)");
    app.add_option("--cache", cache, "Folder for scene files; those already there are kept");
    std::filesystem::path rawPhotos;
    std::filesystem::path rawStamps;
    std::filesystem::path rawCutouts;
    std::filesystem::path rawMasks;
    app.add_option("--prepare-photos", rawPhotos,
                   "Folder of photos to shrink into the material folder")
        ->check(CLI::ExistingDirectory)
        ->needs("--material");
    app.add_option("--prepare-stamps", rawStamps,
                   "Folder of drawings to cut into the material folder")
        ->check(CLI::ExistingDirectory)
        ->needs("--material");
    app.add_option("--prepare-cutouts", rawCutouts,
                   "Folder of photographed or rendered things to cut into the material folder")
        ->check(CLI::ExistingDirectory)
        ->needs("--material");
    app.add_option("--prepare-masks", rawMasks,
                   "Folder of photos whose subject is easy to separate")
        ->check(CLI::ExistingDirectory)
        ->needs("--material");
    std::filesystem::path objects;
    app.add_option("--prepare-objects", objects,
                   "List (JSON) of objects that people outlined in the material's photos")
        ->check(CLI::ExistingFile)
        ->needs("--material");
    CLI11_PARSE(app, argc, argv);
    options.split = validation ? core::SceneSplit::Validation : core::SceneSplit::Training;
    try {
        if (!rawPhotos.empty()) {
            prepareFolder(rawPhotos, options.material / "photos", ".jpg", core::preparePhoto);
        }
        if (!rawStamps.empty()) {
            prepareFolder(rawStamps, options.material / "stamps", ".png", core::prepareStamp);
        }
        if (!rawCutouts.empty()) {
            prepareFolder(rawCutouts, options.material / "cutouts", ".png", core::prepareCutout);
        }
        if (!rawMasks.empty()) {
            prepareFolder(rawMasks, options.material / "masks", ".png", core::prepareMask);
        }
        if (!objects.empty()) {
            const int photos =
                core::drawObjects(objects, options.material / "photos", options.material / "masks");
            std::printf("objects in %d photos are known\n", photos);
        }
        const core::RenderedScenes scenes(seed, options);
        if (!preview.empty()) {
            std::vector<core::TrainingScene> shown;
            for (std::uint64_t i = first; i < first + count; ++i) {
                shown.push_back(scenes.scene(i));
            }
            core::writePreview(shown, 2, preview);
        }
        if (!cache.empty()) {
            std::filesystem::create_directories(cache);
            for (std::uint64_t i = first; i < first + count; i += perFile) {
                char name[32];
                std::snprintf(name, sizeof name, "%09llu.scenes",
                              static_cast<unsigned long long>(i));
                if (!std::filesystem::exists(cache / name)) {
                    core::writeSceneFile(scenes, i, std::min(perFile, first + count - i),
                                         cache / name);
                }
            }
        }
    } catch (const std::exception &error) {
        std::fprintf(stderr, "maskwright-scenes: %s\n", error.what());
        return 1;
    }
    return 0;
}
