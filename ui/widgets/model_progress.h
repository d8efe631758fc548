// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/service_status.h"
#include "ui/widgets/task_progress.h"

#include <QPointer>

namespace ui
{

class ModelChooser;
class SegmentationService;

/// Says that a model is being loaded, or a picture or a part of it prepared for it, when that takes
/// more than a moment, and stops it when asked.
class ModelProgress : public TaskProgress
{
    Q_OBJECT

public:
    /// `service` outlives this.
    explicit ModelProgress(SegmentationService &service, QWidget *parent = nullptr);
    /// Without it no model can be used in the place of the one that is being loaded.
    void setModels(ModelChooser &models);

private:
    enum class Work { None, Loading, Preparing, LookingCloser };
    static Work workOf(const ServiceStatus &status);
    void update(const ServiceStatus &status);
    void stop();

    SegmentationService &m_service;
    QPointer<ModelChooser> m_models;
    Work m_work = Work::None;
};

} // namespace ui
