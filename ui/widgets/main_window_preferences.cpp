// SPDX-License-Identifier: Apache-2.0
// The part of MainWindow that knows the preferences: which model, what is kept, what is prepared.
#include "ui/widgets/main_window.h"

#include "ui/editing/images_ahead.h"
#include "ui/editing/model_chooser.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/model_progress.h"
#include "ui/widgets/preferences/preferences_dialog.h"
#include "ui/widgets/proposals/review_desk.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/words.h"

#include <QFileInfo>

namespace ui
{

void MainWindow::setModels(ModelMaker maker, const ModelChoice &current, ProcessorBf16 bf16)
{
    m_bf16 = bf16;
    m_models = new ModelChooser(m_service, std::move(maker), current, this);
    connect(m_models, &ModelChooser::fellBack, this,
            [this](const QString &, core::ErrorKind kind, const QString &detail) {
                m_messages->showMessage(MessageBar::Kind::Error,
                                        errorText(kind, detail) + QLatin1Char(' ') +
                                            tr("The default model takes its place."));
            });
    connect(m_models, &ModelChooser::cancelled, this, &MainWindow::tellModelCancelled);
    m_modelProgress->setModels(*m_models);
}

void MainWindow::tellModelCancelled(bool isAsBefore)
{
    const QString file = m_models->current().file;
    m_messages->showMessage(MessageBar::Kind::Information,
                            file.isEmpty()
                                ? tr("The model was not loaded: the default model is used.")
                                : tr("The model was not loaded: “%1” is used as before.")
                                      .arg(QFileInfo(file).fileName()));
    if (!isAsBefore)
        return; // what was chosen once is tried again at the next start
    PreferenceValues values = settings::preferences();
    values.model = m_models->current();
    settings::setPreferences(values);
}

void MainWindow::connectPreferences()
{
    connect((*m_actions)[ActionId::Preferences], &QAction::triggered, this,
            &MainWindow::showPreferences);
    connect(&m_service, &SegmentationService::diskFailed, this,
            [this](core::ErrorKind, const QString &detail) {
                m_messages->showMessage(
                    MessageBar::Kind::Warning,
                    tr("Prepared pictures are not kept on disk any more: %1").arg(detail));
            });
}

void MainWindow::showPreferences()
{
    PreferenceValues values = settings::preferences();
    if (m_models)
        values.model = m_models->current();
    const bool gpu = m_service.status().device == core::Device::Cuda;
    const PreferencesDialog::Offers offers{m_models != nullptr, gpu, m_service.disk().isOffered(),
                                           gpu ? ProcessorBf16::NoMatter : m_bf16};
    PreferencesDialog dialog(values, offers, this);
    connect(&m_service.disk(), &EmbeddingDisk::sizeKnown, &dialog, &PreferencesDialog::setDiskSize);
    connect(&dialog, &PreferencesDialog::clearDiskAsked, this,
            [this] { m_service.disk().clear(); });
    m_service.disk().askSize();
    if (dialog.exec() == QDialog::Accepted)
        applyPreferences(dialog.values());
}

void MainWindow::applyPreferences(const PreferenceValues &values)
{
    settings::setPreferences(values);
    m_service.setBudgets(values.budgets);
    m_service.setPrefetch(values.prefetch);
    if (m_models)
        m_models->use(values.model);
}

/// The pictures that will probably be opened next are prepared while nothing else is to do.
void MainWindow::prepareNext(core::Id last)
{
    const ReviewSession &review = m_review->session();
    const auto fromReview = review.picturesAhead(2);
    const QList<core::Id> images = review.isOn() ? QList(fromReview.begin(), fromReview.end())
                                                 : imagesAhead(m_imageModel, last, m_image);
    QList<PictureFile> ahead;
    for (const core::Id image : images)
        ahead << PictureFile{image, m_document.imagePath(image)};
    m_service.setAhead(ahead);
}

} // namespace ui
