// SPDX-License-Identifier: Apache-2.0
#include "core/torch/training/trainer.h"

#include "core/error.h"
#include "core/torch/compact/compact_file.h"
#include "core/torch/training/held_out.h"
#include "core/torch/training/schedule.h"
#include "core/torch/training/training_checkpoint.h"
#include "core/torch/training/workers.h"

#include <chrono>
#include <cstdio>

namespace core
{
namespace
{

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Means of the reports since the last line.
class Progress
{
public:
    void add(const StepReport &r)
    {
        m_sum.focal += r.focal;
        m_sum.dice += r.dice;
        m_sum.iouError += r.iouError;
        m_sum.firstIou += r.firstIou;
        m_sum.lastIou += r.lastIou;
        ++m_steps;
    }
    int steps() const { return m_steps; }

    std::string line(const TrainingState &state, const TrainingOptions &options, double progress,
                     double seconds) const
    {
        char text[240];
        const double n = m_steps;
        std::snprintf(text, sizeof text,
                      "step %lld  %.1f%%  side %d  %.1f images/s  focal %.4f  dice %.3f  iou error "
                      "%.4f  iou first %.3f  last %.3f",
                      static_cast<long long>(state.step), 100 * progress, sideAt(options, progress),
                      n * options.images / seconds, m_sum.focal / n, m_sum.dice / n,
                      m_sum.iouError / n, m_sum.firstIou / n, m_sum.lastIou / n);
        return text;
    }

private:
    StepReport m_sum;
    int m_steps = 0;
};

double progressOf(const TrainingState &state, const TrainingOptions &options)
{
    if (options.steps > 0)
        return double(state.step) / double(options.steps);
    return state.seconds / (60 * options.minutes);
}

} // namespace

bool train(const SceneSource &scenes, const SceneSource &heldOut, const TrainingOptions &options,
           const TrainingFiles &files, const std::function<void(const std::string &)> &report,
           std::stop_token stop)
{
    torch::manual_seed(options.seed);
    const compact::CompactConfig config;
    TrainingState state(config, options.weightDecay, options.cuda ? torch::kCUDA : torch::kCPU);
    if (std::filesystem::exists(files.checkpoint)) {
        loadTraining(files.checkpoint, state);
        report("Goes on from " + files.checkpoint.string() + " at step " +
               std::to_string(state.step) + ".");
    } else if (!files.begin.empty()) {
        startFrom(files.begin, state);
        report("Begins with the weights of " + files.begin.string() + ".");
    }
    const auto save = [&] {
        saveTraining(files.checkpoint, state);
        compact::saveCompactModel(files.model, state.average);
    };

    Workers workers(state, options);
    BatchLoader loader(scenes, options);
    Progress progress;
    auto lineStart = Clock::now(), saved = Clock::now(), measured = Clock::now();
    while (progressOf(state, options) < 1 && !stop.stop_requested()) {
        const auto stepStart = Clock::now();
        const double done = progressOf(state, options);
        const auto batch = loader.take(state.step, sideAt(options, done));
        progress.add(advance(state, workers, batch, learningRateAt(options, state.step, done)));
        state.seconds += secondsSince(stepStart);

        if (secondsSince(lineStart) > 20) {
            report(progress.line(state, options, done, secondsSince(lineStart)));
            progress = {};
            lineStart = Clock::now();
        }
        if (secondsSince(saved) > 60 * options.checkpointMinutes) {
            save();
            saved = Clock::now();
        }
        if (options.heldOutMinutes > 0 && secondsSince(measured) > 60 * options.heldOutMinutes) {
            report(measureHeldOut(state, heldOut, options));
            measured = lineStart = Clock::now();
            progress = {};
        }
    }
    if (progress.steps() > 0)
        report(progress.line(state, options, progressOf(state, options), secondsSince(lineStart)));
    save();
    const bool isComplete = progressOf(state, options) >= 1;
    if (isComplete && options.heldOutMinutes > 0)
        report(measureHeldOut(state, heldOut, options));
    return isComplete;
}

} // namespace core
