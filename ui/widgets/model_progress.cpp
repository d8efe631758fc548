// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/model_progress.h"

#include "ui/editing/model_chooser.h"

namespace ui
{

ModelProgress::ModelProgress(SegmentationService &service, QWidget *parent)
    : TaskProgress({}, parent), m_service(service)
{
    setObjectName(QStringLiteral("modelProgress"));
    connect(&service, &SegmentationService::statusChanged, this, &ModelProgress::update);
    connect(this, &TaskProgress::cancelled, this, &ModelProgress::stop);
    update(service.status());
}

void ModelProgress::setModels(ModelChooser &models)
{
    m_models = &models;
    m_work = Work::None;
    update(m_service.status());
}

ModelProgress::Work ModelProgress::workOf(const ServiceStatus &status)
{
    using Phase = ServiceStatus::Phase;
    if (status.phase == Phase::LoadingModel)
        return Work::Loading;
    if (status.phase == Phase::Embedding)
        return Work::Preparing;
    return status.isFocusing ? Work::LookingCloser : Work::None;
}

void ModelProgress::update(const ServiceStatus &status)
{
    const Work work = workOf(status);
    // Another model may be on its way after the one before: whether there is a way back changes.
    if (work != m_work || work == Work::Loading) {
        if (work == Work::None)
            end();
        else if (work == Work::Loading)
            begin(tr("Loading the model"), m_models && m_models->canCancel());
        else
            begin(work == Work::Preparing ? tr("Preparing the picture") : tr("Looking closer"));
    }
    m_work = work;
    if (work == Work::Preparing)
        setProgress(status.progress);
}

void ModelProgress::stop()
{
    if (m_work == Work::Loading && m_models)
        m_models->cancel();
    else if (m_work == Work::Preparing)
        m_service.cancelPreparing();
    else if (m_work == Work::LookingCloser)
        m_service.endFocus();
}

} // namespace ui
