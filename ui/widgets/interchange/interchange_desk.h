// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/document.h"
#include "ui/widgets/background_task.h"
#include "ui/widgets/export_task.h"
#include "ui/widgets/interchange/export_choice.h"
#include "ui/widgets/interchange/import_dialog.h"

#include <QObject>
#include <QPointer>

namespace ui
{

class MessageBar;
class TaskProgress;

/// Datasets in and out of the window: the dialogs, the work in the background with its progress,
/// and what is told of it.
class InterchangeDesk : public QObject
{
    Q_OBJECT

public:
    /// All outlive this; `window` is the dialogs' parent, and this one's.
    InterchangeDesk(Document &document, MessageBar &messages, QWidget *window);

    /// Not while another project is being opened.
    void askForExport();
    void exportTo(const ExportChoice &choice);
    ExportTask &exportTask() { return m_export; }

    /// `input`: chosen already; empty: nothing. Not before all pictures are listed: what lies in
    /// the others would count as missing.
    void askForImport(const QString &input = {});
    /// Works the import out in the background; what comes of it is one step.
    void import(const std::shared_ptr<ImportReading> &reading, ExistingObjects existing,
                const QString &name);
    bool isImporting() const { return m_import.isRunning(); }

    TaskProgress *exportProgress() const { return m_exportProgress; } ///< for the status bar
    TaskProgress *importProgress() const { return m_importProgress; }

Q_SIGNALS:
    void busyChanged();
    void reviewAsked(); ///< of the boxes that were imported

private:
    void connectExport();
    void connectImport();
    ExportCounts counts() const;
    QString whyNoImport() const;
    void showExported(const QString &target, const exporters::WriteSummary &summary);
    void takeImport(const ImportPlan &plan, const QString &name);

    Document &m_document;
    MessageBar &m_messages;
    QWidget *m_window;
    QString m_lastTarget;       ///< of the project that is open
    QPointer<QDialog> m_dialog; ///< the one that is open, if any
    TaskProgress *m_exportProgress;
    TaskProgress *m_importProgress;
    ExportTask m_export;
    BackgroundTask m_import;
};

} // namespace ui
