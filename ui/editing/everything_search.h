// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/segmentation/generated_mask.h"
#include "ui/editing/segmentation_service.h"

#include <QObject>

#include <memory>
#include <vector>

namespace ui
{

/// All masks that a search found, in its order, before any of them is suppressed.
using FoundMasks = std::shared_ptr<const std::vector<core::GeneratedMask>>;

/// Looks for everything in the open picture, a few points at a time: clicks and previews asked
/// meanwhile are answered in between. GUI thread.
class EverythingSearch : public QObject
{
    Q_OBJECT

public:
    explicit EverythingSearch(SegmentationService &service, QObject *parent = nullptr);
    ~EverythingSearch() override;

    /// In the whole picture, or in `region` alone (picture pixels), which is then looked at by
    /// itself, as finely as the model can. A search under way is given up. False, doing nothing,
    /// unless the service is ready.
    bool start(const core::PixelRect &region = {});
    /// The grid has so many points squared. More find smaller things and take longer.
    void setPointsPerSide(int points) { m_pointsPerSide = points; }
    /// Also when another picture or model comes.
    void cancel();
    bool isRunning() const { return m_run != nullptr; }
    double progress() const { return m_progress; } ///< 0..1

Q_SIGNALS:
    void runningChanged();
    void progressChanged(double progress);
    void found(const ui::FoundMasks &masks);
    void failed(core::ErrorKind kind, const QString &detail);

private:
    struct Run;
    void post();
    void takeStep(quint64 job);
    void end();

    SegmentationService &m_service;
    std::shared_ptr<Run> m_run; ///< shared with the step under way on the inference thread
    quint64 m_job = 0;
    core::Id m_image = 0;
    double m_progress = 0;
    int m_pointsPerSide = 32;
};

} // namespace ui
