// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/everything_search.h"

#include "core/segmentation/automatic_mask_generator.h"
#include "core/segmentation/suggested_thresholds.h"

namespace ui
{
namespace
{

// A click waits for one step at most. A GPU does many points in the time of one.
constexpr int pointsPerStepOnCpu = 2;
constexpr int pointsPerStepOnGpu = 32;

core::MaskGeneratorOptions optionsFor(int pointsPerSide, core::Device device,
                                      const core::PixelRect &region)
{
    core::MaskGeneratorOptions options;
    options.pointsPerSide = pointsPerSide;
    options.pointsPerBatch = device == core::Device::Cuda ? pointsPerStepOnGpu : pointsPerStepOnCpu;
    options.thresholds = core::generousThresholds; // the sliders begin here
    options.region = region;
    return options;
}

} // namespace

/// Between two steps only the GUI thread touches it, during a step only the inference thread.
struct EverythingSearch::Run {
    Run(std::shared_ptr<const core::Image> image, const core::MaskGeneratorOptions &options)
        : pixels(std::move(image)), generator(pixels->view(), options),
          isWhole(options.region.isEmpty())
    {
    }

    void step(core::Segmenter &segmenter,
              const std::shared_ptr<const core::ImageEmbedding> &embedding)
    {
        const std::stop_token token = stop.get_token();
        // Where memory is short, a model that takes less of it goes on.
        if (embedding.owner_before(given) || given.owner_before(embedding))
            generator.forgetEmbedding();
        given = embedding;
        const bool isFirst = generator.progress() == 0;
        if (isFirst && isWhole && embedding && embedding->geometry().original == pixels->size)
            generator.useEmbedding(embedding);
        generator.step(segmenter, token);
    }

    std::shared_ptr<const core::Image> pixels;
    core::AutomaticMaskGenerator generator;
    bool isWhole;
    std::weak_ptr<const core::ImageEmbedding> given; ///< with the last step
    std::stop_source stop;
};

EverythingSearch::EverythingSearch(SegmentationService &service, QObject *parent)
    : QObject(parent), m_service(service)
{
    connect(&service, &SegmentationService::jobFinished, this, &EverythingSearch::takeStep);
    connect(&service, &SegmentationService::jobFailed, this,
            [this](quint64 job, core::ErrorKind kind, const QString &detail) {
                if (!m_run || job != m_job)
                    return;
                end();
                if (kind != core::ErrorKind::Cancelled)
                    Q_EMIT failed(kind, detail);
            });
    connect(&service, &SegmentationService::statusChanged, this, [this](const ServiceStatus &now) {
        if (m_service.image() != m_image || now.phase == ServiceStatus::Phase::LoadingModel ||
            now.phase == ServiceStatus::Phase::NoModel)
            cancel();
    });
}

EverythingSearch::~EverythingSearch()
{
    if (m_run)
        m_run->stop.request_stop();
}

bool EverythingSearch::start(const core::PixelRect &region)
{
    cancel();
    if (!m_service.isReady() || !m_service.pixels())
        return false;
    m_image = m_service.image();
    m_run = std::make_shared<Run>(m_service.pixels(),
                                  optionsFor(m_pointsPerSide, m_service.status().device, region));
    m_progress = 0;
    Q_EMIT runningChanged();
    Q_EMIT progressChanged(m_progress);
    post();
    return true;
}

void EverythingSearch::post()
{
    m_job = m_service.runJob([run = m_run](core::Segmenter &segmenter, const auto &embedding) {
        run->step(segmenter, embedding);
    });
}

void EverythingSearch::takeStep(quint64 job)
{
    if (!m_run || job != m_job)
        return;
    m_progress = m_run->generator.progress();
    if (!m_run->generator.isFinished()) {
        post();
        Q_EMIT progressChanged(m_progress);
        return;
    }
    const auto masks =
        std::make_shared<const std::vector<core::GeneratedMask>>(m_run->generator.takeMasks());
    end();
    Q_EMIT found(masks);
}

void EverythingSearch::cancel()
{
    if (!m_run)
        return;
    m_run->stop.request_stop();
    end();
}

void EverythingSearch::end()
{
    m_run = nullptr;
    Q_EMIT runningChanged();
}

} // namespace ui
